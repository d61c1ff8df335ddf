package dev.plumbline.catalog;

/** What the document says of proxies: the column Supports proxies. */
public enum ProxyPolicy {
    YES,
    /** A printed dash. */
    NO,
    /** The row points to the article on APNs and proxies. */
    SEE_APNS,
    /** Blank, or the document has no such column. */
    UNSTATED
}
