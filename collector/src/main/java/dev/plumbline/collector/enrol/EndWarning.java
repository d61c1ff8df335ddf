package dev.plumbline.collector.enrol;

import java.time.Duration;
import java.time.Instant;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells in the log, once a day, that a certificate ends which the collector does not renew. One for each; one thread at a time. */
public final class EndWarning {
    private static final Logger LOG = LoggerFactory.getLogger(EndWarning.class);
    private static final Duration BEFORE = Duration.ofDays(30);
    private static final Duration EVERY = Duration.ofDays(1);

    private Instant told = Instant.EPOCH;

    /** @param what begins the sentence */
    public void tell(String what, Instant ends, Instant now) {
        if (now.plus(BEFORE).isAfter(ends) && Duration.between(told, now).abs().compareTo(EVERY) >= 0) {
            told = now;
            LOG.warn("{} ends on {} and is not renewed by the collector; put a new one in its place", what, ends);
        }
    }
}
