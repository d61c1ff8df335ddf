package dev.plumbline.collector.enrol;

import dev.plumbline.collector.access.RefusedCalls;
import dev.plumbline.collector.enrol.AuditEntry.What;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes down who was refused, a few times at once and then once in ten minutes each, and of everybody once a minute: whoever
 * tries in vain cannot fill the disk. What is not written down is counted, and the count stands in the next entry. Any thread.
 */
final class RefusedTries implements RefusedCalls, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(RefusedTries.class);
    private static final int EACH_AT_ONCE = 5;
    private static final int ALL_AT_ONCE = 20;
    private static final int REMEMBERED = 4096;

    private final EnrolmentFile file;
    private final Clock clock;
    private final Tries<String> tries = new Tries<>(EACH_AT_ONCE, TimeUnit.MINUTES.toNanos(10), REMEMBERED);
    private final Tries<String> strangers = new Tries<>(ALL_AT_ONCE, TimeUnit.MINUTES.toNanos(1), 1);
    /** Strangers must not hide what those do who are known. */
    private final Tries<String> knownOnes = new Tries<>(ALL_AT_ONCE, TimeUnit.MINUTES.toNanos(1), 1);

    private final AtomicLong untold = new AtomicLong();

    RefusedTries(EnrolmentFile file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    @Override
    public void refused(String who, String method, String because) {
        tell(knownOnes, who, who, What.CALL_REFUSED, method, because);
    }

    /**
     * Of somebody who showed nothing that opens.
     *
     * @param whose tries are counted together
     */
    void tell(String whose, String who, What what, String about, String detail) {
        tell(strangers, whose, who, what, about, detail);
    }

    private void tell(Tries<String> ofAll, String whose, String who, What what, String about, String detail) {
        long now = System.nanoTime();
        if (!ofAll.begin("", now) || !tries.begin(whose, now)) {
            countOnly();
            return;
        }
        long before = untold.getAndSet(0);
        write(who, what, about, before == 0 ? detail : detail + "; before it " + told(before));
    }

    /** One that is not worth an entry. */
    void countOnly() {
        untold.incrementAndGet();
    }

    private static String told(long count) {
        return count + " other tries were refused that are not written down";
    }

    private void write(String who, What what, String about, String detail) {
        LOG.warn("{} was refused: {}{}", who, detail, about.isEmpty() ? "" : " (" + about + ")");
        try {
            file.change(records -> {
                records.audit(clock.instant().truncatedTo(ChronoUnit.MILLIS), who, what, about, detail);
                return who;
            });
        } catch (EnrolmentFileException | Refusal e) {
            // It is refused all the same.
            LOG.error("who was refused is not written down: {}", e.getMessage(), e);
        }
    }

    @Override
    public void close() {
        long before = untold.getAndSet(0);
        if (before > 0) {
            write("the collector", What.CALL_REFUSED, "", told(before) + "; the collector ends");
        }
    }
}
