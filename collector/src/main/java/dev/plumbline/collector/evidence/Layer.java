package dev.plumbline.collector.evidence;

/** How far a point got; each layer holds the ones before. */
public enum Layer {
    NOTHING,
    RESOLVED,
    CONNECTED,
    SECURED,
    ANSWERED;

    public boolean atLeast(Layer other) {
        return compareTo(other) >= 0;
    }
}
