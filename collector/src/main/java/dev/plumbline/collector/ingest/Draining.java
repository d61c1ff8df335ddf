package dev.plumbline.collector.ingest;

/** A service whose calls last for ever, and which ends them itself when its port closes. */
public interface Draining {
    /** Takes no more calls, and ends those that stand as soon as what they hold is safe. Does not wait. */
    void drain();
}
