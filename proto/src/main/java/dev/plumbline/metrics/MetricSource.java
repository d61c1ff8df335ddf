package dev.plumbline.metrics;

/** A part of a program that tells what it has counted. Asked from another thread than that which counts. */
@FunctionalInterface
public interface MetricSource {
    /** Tells values as they are now. Holds up nobody: no lock is kept for longer than a copy takes, no network is asked. */
    void tell(Families families);
}
