package dev.plumbline.agent.forecast;

import dev.plumbline.agent.net.DistanceMeter;
import dev.plumbline.agent.probe.Distances;
import dev.plumbline.catalog.ProbeKind;
import dev.plumbline.catalog.Target;
import dev.plumbline.words.Transport;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** What of the traffic an intrusion detection may call an attack, in sentences for who reads its alarms. Pure. */
public final class Oddities {
    private Oddities() {}

    /** Only of what this plan does. */
    public static List<String> of(Forecast forecast) {
        List<String> odd = new ArrayList<>();
        boolean tcp = forecast.destinations().stream()
                .anyMatch(d -> d.target().transport().equals(Transport.TCP)
                        && !d.target().probe().asksNamesOnly());
        if (tcp) {
            odd.add("Port scan: in every round one connection goes to a closed port of the address of some targets: "
                    + canaries(forecast) + ".");
            odd.add("Traceroute: SYNs with TTLs from 1 to 32, and connections that ignore answers below a certain TTL,"
                    + " in one round of twelve; a few dozen within two seconds to one address.");
            odd.add("Half a TLS session: many handshakes to couriers are complete and then closed without a byte of"
                    + " data; no client certificate is ever shown.");
        }
        if (uses(forecast, ProbeKind.COURIER)) {
            odd.add("Odd TLS offers: ALPN apns-security-v3, apns-pack-v1:4096:4096 or none; TLS 1.3 alone and TLS 1.2"
                    + " alone, three more handshakes right after the first on the same address.");
            odd.add("Several addresses of a pool on 5223 and 443 within a second: each one that the round's courier"
                    + " name resolves to.");
        }
        if (tcp) {
            odd.add("Where something fails, the same address is asked under the name www.example.com (SNI of another"
                    + " host) and from up to 130 short connections, to see who stops it.");
        }
        if (uses(forecast, ProbeKind.NAME_ABSENT)) {
            odd.add("Names that do not exist: gateway.push.apple.com and feedback.push.apple.com are asked for because"
                    + " they must be gone; a resolver's log shows NXDOMAIN.");
        }
        if (uses(forecast, ProbeKind.PROVIDER_API)) {
            odd.add("POST to Apple's push API for a device of 64 zeros, without any token: answered 4xx, by design.");
        }
        if (uses(forecast, ProbeKind.SSH)) {
            odd.add(
                    "SSH: banner, algorithms and one exchange of keys, then the connection is closed before any login.");
        }
        if (uses(forecast, ProbeKind.QUIC) || uses(forecast, ProbeKind.HTTP3)) {
            odd.add(
                    "QUIC: a packet of 1,200 bytes with a version that is reserved (RFC 9000 section 15); handshakes with"
                            + " ALPN h3 that are complete and then closed without a request.");
        }
        if (uses(forecast, ProbeKind.CAPTIVE)) {
            odd.add("User agent CaptiveNetworkSupport: the agent asks captive.apple.com as Apple's portal detection"
                    + " does, and once more under its own name.");
        }
        if (forecast.holds() > 0) {
            odd.add("Long quiet connections: " + forecast.holds() + " TLS connections without a byte for up to an hour"
                    + " look like a tunnel that waits for orders.");
        }
        return List.copyOf(odd);
    }

    /** Such as {@code 5224 for 5223}, of a round in which every target is due. */
    private static String canaries(Forecast forecast) {
        List<Target> targets = forecast.plan().targets();
        Distances watched = Distances.ofHealthy(targets, 0, false);
        return targets.stream()
                .filter(watched::wantsCanary)
                .map(Target::port)
                .distinct()
                .sorted()
                .map(port -> DistanceMeter.canaryPort(port) + " for " + port)
                .collect(Collectors.joining(", "));
    }

    private static boolean uses(Forecast forecast, ProbeKind kind) {
        return forecast.destinations().stream().anyMatch(d -> d.target().probe() == kind);
    }
}
