package dev.plumbline.catalog;

/** What a segment's hosts are to Apple: decides which targets are required of it. */
public enum Role {
    DEVICE,
    MDM_SERVER,
    CONTENT_CACHE
}
