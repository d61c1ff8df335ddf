package dev.plumbline.collector.http;

import java.util.Optional;

/** Whether what the collector needs for its work can be used. */
public interface Readiness {
    /** A sentence for strangers, who are told no names of files; empty when all is well. May take as long as a disk does. */
    Optional<String> problem();
}
