package dev.plumbline.catalog.expectation;

/**
 * Where a chain leads.
 *
 * @param detail half a sentence on what is wrong; empty when trusted
 */
record ChainVerdict(Kind kind, String detail) {
    enum Kind {
        TRUSTED,
        /** Leads to an anchor by name and signature; a certificate of it is outside its validity. */
        EXPIRED,
        /** Leads to an anchor by name and signature; path validation refuses it for another reason. */
        REFUSED,
        NO_ANCHOR
    }
}
