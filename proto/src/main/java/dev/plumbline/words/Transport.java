package dev.plumbline.words;

/** Transport protocol of an attempt, as printed in scopes and 5-tuples. */
public enum Transport {
    TCP,
    UDP;

    /** Lower-case name as used in scopes ({@code tcp/5223}). */
    public String word() {
        return name().toLowerCase(java.util.Locale.ROOT);
    }
}
