package dev.plumbline.catalog.site;

/** What kind of network a segment is. */
public enum SegmentKind {
    SERVER,
    WIFI,
    GUEST,
    WIRED,
    /** Declared unrestricted: serves as control. */
    REFERENCE,
    /** Beyond the site's edge. */
    OUTSIDE;

    /** True for segments whose answers are held against those of the others and which are held to no rule. */
    public boolean isControl() {
        return switch (this) {
            case REFERENCE, OUTSIDE -> true;
            case SERVER, WIFI, GUEST, WIRED -> false;
        };
    }
}
