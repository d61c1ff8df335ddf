package dev.plumbline.agent;

import dev.plumbline.agent.schedule.Schedule;
import dev.plumbline.agent.spool.SpoolCounts;
import dev.plumbline.agent.spool.SpoolFill;
import dev.plumbline.agent.spool.SqliteSpool;
import dev.plumbline.agent.stream.CollectorStream;
import dev.plumbline.agent.stream.Credentials;
import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import java.time.Duration;

/** What a running agent tells of its spool, its stream, its clock and its certificate. */
record AgentMetrics(
        String segment, SqliteSpool spool, Schedule schedule, CollectorStream stream, Credentials credentials)
        implements MetricSource {
    @Override
    public void tell(Families families) {
        counts(families, spool.counts());
        fill(families, spool.fill());
        stream(families, stream.seen());
        schedule.clockOffset().ifPresent(clock -> {
            families.gauge(
                    "plumbline_agent_clock_offset_seconds",
                    "The collector's clock less this host's.",
                    seconds(clock.offset()),
                    "segment",
                    segment);
            families.gauge(
                    "plumbline_agent_clock_offset_bound_seconds",
                    "The true offset is that close: half of the round trip.",
                    seconds(clock.bound()),
                    "segment",
                    segment);
        });
        families.moment(
                "plumbline_agent_certificate_expiry_timestamp_seconds",
                "When the certificate ends by which the agent is known to the collector.",
                credentials.current().chain().get(0).getNotAfter().toInstant(),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_targets",
                "Targets of the plan that is followed.",
                schedule.plan().map(plan -> plan.targets().size()).orElse(0),
                "segment",
                segment);
    }

    private void counts(Families families, SpoolCounts counts) {
        families.counter(
                "plumbline_agent_spool_written_observations_total",
                "Observations that reached the spool's file.",
                counts.spooled(),
                "segment",
                segment);
        exit(families, "acked", counts.acked());
        exit(families, "dropped", counts.dropped());
        exit(families, "refused", counts.refused());
        exit(families, "damaged", counts.damaged());
        families.counter(
                "plumbline_agent_spool_unwritten_observations_total",
                "Observations that never reached the file: the disk was full, broken or too slow.",
                counts.unwritten(),
                "segment",
                segment);
        families.counter(
                "plumbline_agent_spool_lost_observations_total",
                "Observations that are gone with damaged files, as far as they could be counted.",
                counts.lost(),
                "segment",
                segment);
        families.counter(
                "plumbline_agent_spool_damaged_files_total",
                "Spool files that were found damaged and set aside.",
                counts.damagedFiles(),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_spool_pending_observations",
                "Observations in the spool that wait for their acknowledgement.",
                counts.pending(),
                "segment",
                segment);
    }

    private void exit(Families families, String way, long observations) {
        families.counter(
                "plumbline_agent_spool_left_observations_total",
                "Observations that left the spool, by how: written = left + pending.",
                observations,
                "segment",
                segment,
                "way",
                way);
    }

    private void fill(Families families, SpoolFill fill) {
        families.gauge(
                "plumbline_agent_spool_bytes",
                "Bytes of the messages that wait in the spool.",
                fill.bytes(),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_spool_limit_bytes",
                "How many bytes may wait (spool-megabytes) before old ones are dropped.",
                fill.bounds().maxBytes(),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_spool_oldest_seconds",
                "Age of the oldest batch in the spool, 0 when it is empty.",
                seconds(fill.oldest()),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_spool_limit_seconds",
                "Age (spool-days) at which a batch is dropped.",
                seconds(fill.bounds().maxAge()),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_spool_queue_facts",
                "Facts that wait in memory to be written.",
                fill.queued(),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_spool_queue_limit_facts",
                "How many facts may wait in memory; more are counted as unwritten.",
                fill.queueLimit(),
                "segment",
                segment);
    }

    private void stream(Families families, CollectorStream.Seen seen) {
        families.flag(
                "plumbline_agent_connected",
                "1 while the collector has said welcome.",
                seen.isConnected(),
                "segment",
                segment);
        families.flag(
                "plumbline_agent_paused",
                "1 while the collector has asked the agent to send nothing.",
                seen.isPaused(),
                "segment",
                segment);
        families.gauge(
                "plumbline_agent_unacknowledged_batches",
                "Batches that were sent and are not acknowledged.",
                seen.unacknowledged(),
                "segment",
                segment);
        families.counter(
                "plumbline_agent_connects_total",
                "Tries to connect to the collector, by whether it said welcome.",
                seen.welcomed(),
                "segment",
                segment,
                "result",
                "welcome");
        families.counter(
                "plumbline_agent_connects_total",
                "Tries to connect to the collector, by whether it said welcome.",
                seen.failed(),
                "segment",
                segment,
                "result",
                "none");
    }

    private static double seconds(Duration span) {
        return span.toNanos() / 1e9;
    }
}
