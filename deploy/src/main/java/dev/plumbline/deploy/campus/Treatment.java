package dev.plumbline.deploy.campus;

/**
 * What a segment does to the connections of one destination.
 *
 * @param issuer common name of the CA that signs again, only for INTERCEPT
 */
record Treatment(Kind kind, String issuer) {
    enum Kind {
        GENUINE,
        STALL,
        OLD_TLS,
        INTERCEPT,
        BLOCK_PAGE,
        PORTAL_REDIRECT,
        PARKED
    }

    static final Treatment GENUINE = of(Kind.GENUINE);

    static Treatment of(Kind kind) {
        return new Treatment(kind, "");
    }
}
