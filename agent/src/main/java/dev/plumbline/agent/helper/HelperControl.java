package dev.plumbline.agent.helper;

import dev.plumbline.agent.helper.HelperSettings.Place;
import dev.plumbline.agent.net.Network;
import dev.plumbline.words.Sha256;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * The control of a round: everything that the helper can be asked, once. It is no target of the plan, since the helper
 * belongs to the agent's configuration, not to Apple's list: what it answers is a fact of the round's environment, beside
 * which every target of the round may be read.
 *
 * <p>The tricks with HTTP are played with the helper only. Apple's servers on port 80 do not say how a request arrived, so odd
 * case shows nothing there. A first line that is no HTTP does: a box answers 400 itself. But so does every server of Apple's
 * by itself, only in words of its own which nobody has promised; and whoever watches over such servers must take it for an
 * attack (domain: frequent odd connections may have the source address blocked for the whole site).
 */
public final class HelperControl {
    /** Nobody is asked. */
    public static final HelperControl NONE = new HelperControl(List.of(), Optional.empty());

    private final List<Place> places;
    private final Optional<Sha256> pin;

    private HelperControl(List<Place> places, Optional<Sha256> pin) {
        this.places = places;
        this.pin = pin;
    }

    /** The helper that the settings name; {@link #NONE} when they name none. */
    public static HelperControl of(HelperSettings settings) {
        return settings.pin().isEmpty() ? NONE : new HelperControl(settings.address(), settings.pin());
    }

    /**
     * The helper that a command line names; {@link #NONE} when it names none.
     *
     * @throws IllegalArgumentException with a sentence that begins with the option
     */
    public static HelperControl named(List<String> helper, Optional<String> pin) {
        if (helper.isEmpty() && pin.isEmpty()) {
            return NONE;
        }
        if (helper.isEmpty() || pin.isEmpty()) {
            throw new IllegalArgumentException(
                    "--helper and --helper-pin belong together: without the pin anybody could be the helper");
        }
        try {
            return of(HelperSettings.elsewhere(helper, pin.get()));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("--helper " + e.getMessage(), e);
        }
    }

    /**
     * Asks all at once: three TCP connections and a datagram for a whole helper.
     *
     * @param timeout for CONNECT, for SECURE and for the answer, each; no time-out runs while a connection waits for its turn
     * @return completes normally whatever the network does; exceptionally only by a bug of the agent's own
     */
    public CompletableFuture<HelperAnswers> ask(Network network, Duration timeout) {
        List<CompletableFuture<HelperAnswers>> asked = new ArrayList<>();
        for (Place place : places) {
            switch (place.kind()) {
                case TLS -> asked.add(TlsQuestion.ask(network, place.at(), pin.orElseThrow(), timeout));
                case HTTP -> {
                    asked.add(HttpQuestion.oddFields(place.at()).ask(network, timeout));
                    asked.add(HttpQuestion.garbage(place.at()).ask(network, timeout));
                }
                case UDP -> asked.add(UdpQuestion.ask(network, place.at(), timeout));
            }
        }
        CompletableFuture<HelperAnswers> all = CompletableFuture.completedFuture(HelperAnswers.NOTHING);
        for (CompletableFuture<HelperAnswers> one : asked) {
            all = all.thenCombine(one, HelperAnswers::and);
        }
        return all;
    }
}
