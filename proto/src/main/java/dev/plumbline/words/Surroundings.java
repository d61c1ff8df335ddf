package dev.plumbline.words;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What the network offers and does to the agent's host besides the targets; facts, never a judgement. */
public record Surroundings(
        List<ProxySetting> proxySettings,
        List<Discovery> discoveries,
        List<ProxyScript> proxyScripts,
        List<DnsControl> dnsControls,
        Optional<CaptivePortal> captivePortal,
        Optional<ClockOffset> clockOffset) {
    /** Nothing was looked at. */
    public static final Surroundings UNSEEN =
            new Surroundings(List.of(), List.of(), List.of(), List.of(), Optional.empty(), Optional.empty());

    public Surroundings {
        proxySettings = List.copyOf(proxySettings);
        discoveries = List.copyOf(discoveries);
        proxyScripts = List.copyOf(proxyScripts);
        dnsControls = List.copyOf(dnsControls);
    }

    public Surroundings with(ClockOffset offset) {
        return new Surroundings(
                proxySettings, discoveries, proxyScripts, dnsControls, captivePortal, Optional.of(offset));
    }

    /**
     * A setting of this host, as it stands there.
     *
     * @param source {@code environment}, {@code configuration} or the file
     * @param value without user and password
     */
    public record ProxySetting(String source, String name, String value) {}

    /**
     * One way to learn of a proxy script or a portal.
     *
     * @param method {@code wpad-dns}, {@code dhcp-252} (proxy script) or {@code dhcp-114} (portal, RFC 8910)
     * @param asked the name or the file that was asked
     * @param found what it gave, empty when nothing
     * @param problem why it gave nothing, empty when it gave something
     */
    public record Discovery(String method, String asked, String found, String problem) {}

    /**
     * A proxy auto-configuration script and what it says for the round's targets.
     *
     * @param status HTTP status of its server, 0 when none came
     * @param problem why it could not be fetched or run, empty when it answered
     */
    public record ProxyScript(
            String url,
            String foundBy,
            int status,
            long bytes,
            ScriptEnd end,
            String problem,
            List<ScriptAnswer> answers) {
        public ProxyScript {
            answers = List.copyOf(answers);
        }
    }

    /** The same answer for some targets. */
    public record ScriptAnswer(String answer, List<String> targets) {
        public ScriptAnswer {
            targets = List.copyOf(targets);
        }
    }

    /**
     * A question to a resolver whose right answer is known before.
     *
     * @param kind {@code random-target}, {@code random-elsewhere}: no such name; {@code mixed-case}: letters come back as
     *     sent; {@code tcp}: the same over TCP; {@code nobody-there}: asked of an address that runs no resolver
     * @param echoedName the question's name as the answer repeats it, letter case kept; empty without an answer
     */
    public record DnsControl(String kind, Lookup lookup, String echoedName) {}

    /**
     * What the portal's API (RFC 8908) says.
     *
     * @param problem why there is no answer of it, empty when there is one
     * @param captive meaningful without a problem only
     */
    public record CaptivePortal(String url, int status, String problem, boolean captive, String userPortalUrl) {}

    /**
     * The collector's clock minus the agent's.
     *
     * @param bound half of the round trip: the true offset is that close
     * @param measuredAt by the agent's clock
     */
    public record ClockOffset(Duration offset, Duration bound, Instant measuredAt) {}
}
