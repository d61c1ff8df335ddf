package dev.plumbline.catalog.expectation;

/** What an attempt means when held against the target's expectation. */
public enum Outcome {
    /** The healthy answer. */
    MET,
    /** A stage failed before there was anything to judge: the failure kind speaks. */
    NOT_REACHED,
    /** A chain that leads to none of the anchors and does not claim to be Apple's or the CA's. */
    FOREIGN_CHAIN,
    /** A chain with the expected issuer's names under an anchor that we do not know: review, never interception by itself. */
    UNKNOWN_CHAIN,
    /** Trusted, for another name. */
    WRONG_NAME,
    /** Outside its time of validity. */
    NOT_IN_VALIDITY,
    /** The identity is right, the protocol agreed is not (ALPN, HTTP/1.1 where HTTP/2 is meant). */
    WRONG_PROTOCOL,
    /** An answer of a filter: block page. */
    BLOCK_PAGE,
    /** A redirect or page in place of the captive-portal body. */
    PORTAL,
    /** Some other answer than the healthy one. */
    WRONG_ANSWER,
    /** A name answered that must not. */
    UNEXPECTED_ANSWER
}
