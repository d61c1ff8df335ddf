package dev.plumbline.collector.evidence;

/** What is wrong with one point, before anybody is accused; {@link #NONE} when nothing is. */
public enum Symptom {
    NONE(Layer.ANSWERED, false),
    DNS_NXDOMAIN(Layer.RESOLVED, false),
    DNS_REFUSED(Layer.RESOLVED, false),
    DNS_SERVFAIL(Layer.RESOLVED, false),
    DNS_SILENT(Layer.RESOLVED, false),
    DNS_TRUNCATED(Layer.RESOLVED, false),
    DNS_NO_DATA(Layer.RESOLVED, false),
    TCP_SILENT(Layer.CONNECTED, false),
    TCP_RESET(Layer.CONNECTED, false),
    TCP_PROHIBITED(Layer.CONNECTED, false),
    /** The host has no route for the family: says something of the host, nothing of the path. */
    NO_ROUTE(Layer.CONNECTED, false),
    TLS_SILENT(Layer.SECURED, false),
    TLS_RESET(Layer.SECURED, false),
    TLS_CLOSED(Layer.SECURED, false),
    TLS_REFUSED(Layer.SECURED, false),
    /** A chain that leads to no anchor and claims none. */
    FOREIGN_CHAIN(Layer.SECURED, true),
    /** A chain that claims the expected issuer under an unknown anchor: review. */
    UNKNOWN_CHAIN(Layer.SECURED, true),
    WRONG_NAME(Layer.SECURED, true),
    NOT_IN_VALIDITY(Layer.SECURED, true),
    WRONG_PROTOCOL(Layer.ANSWERED, false),
    ANSWER_SILENT(Layer.ANSWERED, false),
    ANSWER_BROKEN(Layer.ANSWERED, false),
    UDP_SILENT(Layer.ANSWERED, false),
    BLOCK_PAGE(Layer.ANSWERED, true),
    PORTAL(Layer.ANSWERED, true),
    WRONG_ANSWER(Layer.ANSWERED, false),
    /** A name answered that must not exist. */
    UNEXPECTED_NAME(Layer.RESOLVED, false),
    /** The agent's own host failed: no evidence of anything. */
    NO_EVIDENCE(Layer.NOTHING, false);

    private final Layer layer;
    private final boolean provesItself;

    Symptom(Layer layer, boolean provesItself) {
        this.layer = layer;
        this.provesItself = provesItself;
    }

    /** The layer that was not reached: a point that did reach it contradicts a cause of this symptom. */
    public Layer layer() {
        return layer;
    }

    /** Nobody answered: what a rule that drops, a lost packet and a jam have in common. */
    public boolean isSilence() {
        return switch (this) {
            case DNS_SILENT, TCP_SILENT, TLS_SILENT, ANSWER_SILENT, UDP_SILENT -> true;
            case NONE,
                    DNS_NXDOMAIN,
                    DNS_REFUSED,
                    DNS_SERVFAIL,
                    DNS_TRUNCATED,
                    DNS_NO_DATA,
                    TCP_RESET,
                    TCP_PROHIBITED,
                    NO_ROUTE,
                    TLS_RESET,
                    TLS_CLOSED,
                    TLS_REFUSED,
                    FOREIGN_CHAIN,
                    UNKNOWN_CHAIN,
                    WRONG_NAME,
                    NOT_IN_VALIDITY,
                    WRONG_PROTOCOL,
                    ANSWER_BROKEN,
                    BLOCK_PAGE,
                    PORTAL,
                    WRONG_ANSWER,
                    UNEXPECTED_NAME,
                    NO_EVIDENCE -> false;
        };
    }

    /** One sight is enough: no loss and no jam makes it up. */
    public boolean provesItself() {
        return provesItself;
    }
}
