package dev.plumbline.catalog;

/** Whether a segment that lacks a target breaks anything. */
public enum Obligation {
    REQUIRED,
    /** An administrator may shut it cleanly (documented by Apple); only a bad block is worth a word. */
    OPTIONAL_BY_POLICY,
    /** Apple ended it; judged only in an edition that was in force, or on request. */
    RETIRED,
    /** No row of Apple's: a control. */
    CONTROL
}
