package dev.plumbline.collector.evidence;

/** How far a point got; each layer holds the ones before. */
public enum Layer {
    NOTHING(0),
    RESOLVED(1),
    CONNECTED(2),
    SECURED(3),
    ANSWERED(4);

    private final int depth;

    Layer(int depth) {
        this.depth = depth;
    }

    /** Layers passed before and with this one. */
    public int depth() {
        return depth;
    }

    public boolean atLeast(Layer other) {
        return depth >= other.depth;
    }
}
