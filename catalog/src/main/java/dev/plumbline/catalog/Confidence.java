package dev.plumbline.catalog;

/** How sure a row is. */
public enum Confidence {
    /** Stands in the source document. */
    PRINTED,
    /** Ours: a primary source or two independent ones. */
    HIGH,
    /** Ours: one good source. */
    MEDIUM,
    /** Ours: weak. */
    LOW
}
