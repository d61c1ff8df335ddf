package dev.plumbline.collector.http;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.LongAdder;

/** So many answers of a kind at once; whoever finds no place is counted. */
final class Places implements MetricSource {
    private final String kind;
    private final int most;
    private final Semaphore free;
    private final LongAdder refused = new LongAdder();

    Places(String kind, int most) {
        this.kind = kind;
        this.most = most;
        this.free = new Semaphore(most);
    }

    /** False where there is none. */
    boolean take() {
        boolean isTaken = free.tryAcquire();
        if (!isTaken) {
            refused.increment();
        }
        return isTaken;
    }

    void leave() {
        free.release();
    }

    @Override
    public void tell(Families families) {
        families.gauge(
                "plumbline_http_answers_open",
                "Requests over HTTP that are being answered.",
                most - free.availablePermits(),
                "kind",
                kind);
        families.gauge("plumbline_http_answers_limit", "How many of them are answered at once.", most, "kind", kind);
        families.counter(
                "plumbline_http_answers_refused_total",
                "Requests that were refused because so many were being answered.",
                refused.sum(),
                "kind",
                kind);
    }
}
