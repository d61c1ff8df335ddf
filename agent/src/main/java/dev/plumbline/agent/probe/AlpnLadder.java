package dev.plumbline.agent.probe;

import dev.plumbline.agent.net.Secured;
import dev.plumbline.words.FailureKind;
import io.netty.channel.Channel;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Handshakes on one address until one stands: the target's ALPN offers in order, then none at all to see who a stranger
 * is, then a neutral name as the control for name filters. Silence ends it, for there is no time left to ask again.
 */
final class AlpnLadder {
    /** No name of Apple's, and reserved by RFC 2606: a filter has no reason to mind it. */
    static final String NEUTRAL_NAME = "www.example.com";

    /** A confirmation does not wait for silence to end before it asks for the neutral name. */
    private static final long CONTROL_AFTER_MILLIS = 1000;

    private final Talk talk;
    private final List<Step> steps;
    private final List<Secured> climbed = new ArrayList<>();
    private final CompletableFuture<Climbed> ended = new CompletableFuture<>();
    private CompletableFuture<Void> control = CompletableFuture.completedFuture(null);
    private boolean firstDone;

    AlpnLadder(Talk talk) {
        this.talk = talk;
        this.steps = steps(talk.target().serverName(), talk.target().alpnLadder());
    }

    /** One offer under one name. */
    record Step(String serverName, List<String> alpn) {}

    static List<Step> steps(String serverName, List<String> ladder) {
        List<Step> steps = new ArrayList<>();
        for (String offer : ladder) {
            steps.add(new Step(serverName, offer.isEmpty() ? List.of() : List.of(offer.split(",", -1))));
        }
        if (steps.stream().noneMatch(step -> step.alpn().isEmpty())) {
            steps.add(new Step(serverName, List.of()));
        }
        if (!serverName.equals(NEUTRAL_NAME)) {
            steps.add(new Step(NEUTRAL_NAME, List.of()));
        }
        return steps;
    }

    CompletableFuture<Climbed> climb() {
        if (talk.confirming()) {
            talk.loop().schedule(this::controlWhenSilent, CONTROL_AFTER_MILLIS, TimeUnit.MILLISECONDS);
        }
        handshake(talk.channel(), 0);
        return ended;
    }

    private void handshake(Channel channel, int rung) {
        Step step = steps.get(rung);
        talk.network()
                .handshaker()
                .secure(channel, step.serverName(), step.alpn(), talk.left())
                .thenAccept(secured -> {
                    firstDone = true;
                    climbed.add(secured);
                    FailureKind kind = secured.handshake().failure().kind();
                    if (secured.stands() || kind.isSilence() || talk.isOver() || rung + 1 == steps.size()) {
                        end();
                    } else {
                        again(rung + 1);
                    }
                });
    }

    private void again(int rung) {
        talk.network().connector().tcp(talk.loop(), talk.remote(), talk.left()).thenAccept(connection -> {
            if (connection.channel().isPresent()) {
                handshake(connection.channel().get(), rung);
            } else {
                end();
            }
        });
    }

    private void controlWhenSilent() {
        if (firstDone || ended.isDone()) {
            return;
        }
        control = talk.network()
                .connector()
                .tcp(talk.loop(), talk.remote(), talk.left())
                .thenCompose(connection -> {
                    if (connection.channel().isEmpty()) {
                        return CompletableFuture.completedFuture(null);
                    }
                    return talk.network()
                            .handshaker()
                            .secure(connection.channel().get(), NEUTRAL_NAME, List.of(), talk.left())
                            .thenAccept(climbed::add);
                });
    }

    private void end() {
        control.thenRun(() -> ended.complete(new Climbed(talk.target().serverName(), List.copyOf(climbed))));
    }
}
