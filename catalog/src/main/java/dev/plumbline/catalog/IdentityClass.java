package dev.plumbline.catalog;

/** Which trust anchors a server's certificate must lead to. */
public enum IdentityClass {
    /** Apple's private PKI, in no public store. */
    APPLE_PRIVATE,
    /** A public CA. */
    PUBLIC,
    /** The organisation's own CA, given by an overlay. */
    ORGANISATION,
    /** No certificate is expected (plain HTTP, NTP, ...). */
    NONE
}
