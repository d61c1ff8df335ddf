package dev.plumbline.agent.environment;

import dev.plumbline.agent.probe.ProxyChoice;
import java.util.Optional;

/**
 * What one source says of the way to a host.
 *
 * @param decided false when the source says nothing, so that the next one is asked
 * @param proxy empty for the direct way
 */
record ProxyRoute(boolean decided, Optional<ProxyChoice> proxy) {
    static final ProxyRoute UNDECIDED = new ProxyRoute(false, Optional.empty());
    static final ProxyRoute DIRECT = new ProxyRoute(true, Optional.empty());

    static ProxyRoute through(ProxyChoice choice) {
        return new ProxyRoute(true, Optional.of(choice));
    }
}
