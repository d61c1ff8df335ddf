package dev.plumbline.collector.delivery;

import dev.plumbline.catalog.Words;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.util.Collection;

/** What waits for each receiver of alerts, and what became of the rest since the start. */
record AlertMetrics(Outbox outbox, Collection<Carrier> carriers) implements MetricSource {
    @Override
    public void tell(Families families) {
        for (Carrier carrier : carriers) {
            String receiver = carrier.receiver();
            families.gauge(
                    "plumbline_alerts_waiting",
                    "Alerts in the outbox that the receiver has not taken yet.",
                    outbox.waiting(receiver),
                    "receiver",
                    receiver);
            families.gauge(
                    "plumbline_alerts_waiting_limit",
                    "How many may wait; what is beyond is told when there is room, as it is then.",
                    Alerts.MOST_WAITING,
                    "receiver",
                    receiver);
            families.counter(
                    "plumbline_alerts_tries_in_vain_total",
                    "Tries that found nobody, or one who puts off; they are repeated.",
                    carrier.triesInVain(),
                    "receiver",
                    receiver);
            carrier.ended()
                    .forEach((state, count) -> families.counter(
                            "plumbline_alerts_ended_total",
                            "Alerts that wait no longer, by what became of them.",
                            count.sum(),
                            "receiver",
                            receiver,
                            "result",
                            Words.of(state)));
        }
    }
}
