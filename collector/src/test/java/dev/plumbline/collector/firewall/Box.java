package dev.plumbline.collector.firewall;

/** The boxes on the way, in the order in which a connection meets them; each has a list of rules of its own. */
enum Box {
    /** The resolver or a filter before it: knows names. */
    RESOLVER,
    /** The packet filter: knows transport, port, address and family. */
    PACKETS,
    /** The inspection of what was connected: knows the port, and the name that a ClientHello or a request shows. */
    SESSIONS
}
