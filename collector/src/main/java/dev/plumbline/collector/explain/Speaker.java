package dev.plumbline.collector.explain;

/** Whose rule is looked for: what such a box sees decides in which words its rules are written. */
public enum Speaker {
    /** A resolver knows names only. */
    RESOLVER(false, false, false),
    /** A packet filter knows ports, families and addresses; newer ones names, too. */
    PACKETS(true, true, true),
    /** An inspection of connections knows ports and names, and often IPv4 alone. */
    SESSIONS(true, true, false);

    private final boolean ports;
    private final boolean families;
    private final boolean addresses;

    Speaker(boolean ports, boolean families, boolean addresses) {
        this.ports = ports;
        this.families = families;
        this.addresses = addresses;
    }

    boolean knowsPorts() {
        return ports;
    }

    boolean knowsFamilies() {
        return families;
    }

    boolean knowsAddresses() {
        return addresses;
    }
}
