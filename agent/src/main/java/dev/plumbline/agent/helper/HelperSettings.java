package dev.plumbline.agent.helper;

import dev.plumbline.agent.hold.HoldTarget;
import dev.plumbline.agent.policy.Policy;
import dev.plumbline.config.Section;
import dev.plumbline.words.HoldPeer;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import io.netty.util.NetUtil;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The section {@code helper} of the agent's configuration: either an agent is the helper, or it is told where one is.
 *
 * @param listen key {@code listen}: echoes that this agent serves, each {@code tls:}, {@code http:} or {@code udp:} and
 *     {@code ADDRESS:PORT}
 * @param address key {@code address}: where the echoes of a helper elsewhere listen, in the same form; {@code ADDRESS:PORT}
 *     alone is its TLS echo
 * @param pin key {@code pin}: SHA-256 of that helper's public key, as it printed it; needed with {@code address}
 */
public record HelperSettings(List<Place> listen, List<Place> address, Optional<Sha256> pin) {
    /** There is no helper. */
    public static final HelperSettings NONE = new HelperSettings(List.of(), List.of(), Optional.empty());

    private static final Pattern ENDPOINT = Pattern.compile("(?:\\[([0-9a-fA-F:.]+)]|([0-9.]+)):([0-9]{1,5})");

    public HelperSettings {
        listen = List.copyOf(listen);
        address = List.copyOf(address);
    }

    /** One echo and where it is. */
    record Place(EchoProtocol kind, InetSocketAddress at) {
        @Override
        public String toString() {
            return kind.name().toLowerCase(Locale.ROOT) + " " + NetUtil.toSocketAddressString(at);
        }
    }

    public static HelperSettings read(Section section) {
        HelperSettings settings = new HelperSettings(
                section.values("listen", HelperSettings::listening),
                section.values("address", HelperSettings::known),
                section.valueOr("pin", text -> Optional.of(new Sha256(text)), Optional.empty()));
        if (section.has("address") && !section.has("pin")) {
            section.problem("address", "needs the pin that the helper printed: without it anybody could be the helper");
        }
        return settings;
    }

    /**
     * A helper elsewhere, as a person names it.
     *
     * @param address in the form of the key {@code address}
     * @throws IllegalArgumentException with a sentence when one cannot be used
     */
    public static HelperSettings elsewhere(List<String> address, String pin) {
        return new HelperSettings(
                List.of(), address.stream().map(HelperSettings::known).toList(), Optional.of(new Sha256(pin)));
    }

    /** The helper's ports, to hold connections to. */
    public List<HoldTarget> held() {
        return address.stream()
                .filter(place -> place.kind() == EchoProtocol.TLS)
                .map(Place::at)
                .map(at -> new HoldTarget(
                        new TargetId("helper:" + at.getPort()),
                        HoldPeer.HELPER,
                        NetUtil.toAddressString(at.getAddress()),
                        at.getPort(),
                        "",
                        List.of(),
                        pin))
                .toList();
    }

    /** Why the policy refuses an echo of a helper elsewhere; empty when it allows all. */
    public Optional<String> refusedBy(Policy policy) {
        return address.stream()
                .flatMap(place -> policy
                        .refuses(
                                place.kind() == EchoProtocol.UDP ? Transport.UDP : Transport.TCP,
                                place.at().getAddress(),
                                place.at().getPort())
                        .stream())
                .findFirst();
    }

    private static Place listening(String text) {
        return place(text)
                .orElseThrow(() -> new IllegalArgumentException("'" + text
                        + "' does not say what is echoed; write tls:0.0.0.0:5223, http:0.0.0.0:80 or udp:0.0.0.0:443"));
    }

    private static Place known(String text) {
        return place(text).orElseGet(() -> new Place(EchoProtocol.TLS, endpoint(text)));
    }

    private static Optional<Place> place(String text) {
        for (EchoProtocol kind : EchoProtocol.values()) {
            String prefix = kind.name().toLowerCase(Locale.ROOT) + ":";
            if (text.startsWith(prefix)) {
                return Optional.of(new Place(kind, endpoint(text.substring(prefix.length()))));
            }
        }
        return Optional.empty();
    }

    private static InetSocketAddress endpoint(String text) {
        Matcher form = ENDPOINT.matcher(text);
        if (!form.matches()) {
            throw noEndpoint(text);
        }
        String address = form.group(1) == null ? form.group(2) : form.group(1);
        byte[] bytes = NetUtil.createByteArrayFromIpAddressString(address);
        int port = Integer.parseInt(form.group(3));
        if (bytes == null || port < 1 || port > 65535) {
            throw noEndpoint(text);
        }
        try {
            return new InetSocketAddress(InetAddress.getByAddress(bytes), port);
        } catch (UnknownHostException e) {
            throw noEndpoint(text);
        }
    }

    private static IllegalArgumentException noEndpoint(String text) {
        return new IllegalArgumentException(
                "'" + text + "' is no address with a port; write 192.0.2.1:5223 or [2001:db8::1]:5223, never a name");
    }
}
