package dev.plumbline.metrics;

import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All metrics of one program: those of its Java by Micrometer, and what its rooms tell. A page that is younger than a second is
 * given again to whoever takes the same form, so that many who ask cost no more than one. Any thread; whoever asks waits for whoever asked before.
 */
public final class ProgramMetrics implements Exposition, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ProgramMetrics.class);
    private static final String OPEN_METRICS = "application/openmetrics-text";
    private static final long FRESH_NANOS = 1_000_000_000L;
    private static final int FIRST_BYTES = 64 << 10;

    private final String program;
    private final String version;
    private final List<MetricSource> sources;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final JvmGcMetrics collections = new JvmGcMetrics();
    // Held, because the registry holds what it reads by weak references.
    private final List<MeterBinder> java = List.of(
            collections,
            new JvmMemoryMetrics(),
            new JvmThreadMetrics(),
            new ClassLoaderMetrics(),
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics());

    // Guarded by this.
    private final Map<String, Kept> kept = new HashMap<>();
    private long failures;
    private int lastBytes = FIRST_BYTES;

    private record Kept(Page page, long atNanos) {}

    /** @param program what it is called, such as {@code plumbline-agent} */
    public ProgramMetrics(String program, String version, List<MetricSource> sources) {
        this.program = program;
        this.version = version;
        this.sources = List.copyOf(sources);
        java.forEach(binder -> binder.bindTo(registry));
    }

    @Override
    public synchronized Page page(String accept) {
        ExpositionFormatWriter writer = accept.contains(OPEN_METRICS)
                ? OpenMetricsTextFormatWriter.create()
                : PrometheusTextFormatWriter.create();
        long now = System.nanoTime();
        String form = writer.getContentType();
        Kept before = kept.get(form);
        if (before != null && now - before.atNanos() < FRESH_NANOS) {
            return before.page();
        }
        Page page = new Page(form, written(writer));
        kept.put(form, new Kept(page, System.nanoTime()));
        return page;
    }

    private byte[] written(ExpositionFormatWriter writer) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(lastBytes);
        try {
            writer.write(bytes, now());
        } catch (IOException e) {
            throw new UncheckedIOException("memory takes all that is written to it", e);
        }
        lastBytes = bytes.size();
        return bytes.toByteArray();
    }

    private MetricSnapshots now() {
        Families families = new Families();
        for (MetricSource source : sources) {
            try {
                source.tell(families);
            } catch (RuntimeException e) {
                // What the others tell is worth having when one cannot, such as when a disk fails.
                failed(e);
            }
        }
        families.gauge(
                "plumbline_build_info",
                "Always 1; says which program this is.",
                1,
                "program",
                program,
                "version",
                version);
        families.counter(
                "plumbline_metrics_failures_total",
                "Times that a part of the program could not tell its metrics.",
                failures);
        families.gauge("plumbline_metrics_page_bytes", "Size of the page of metrics before this one.", lastBytes);
        MetricSnapshots.Builder all = MetricSnapshots.builder();
        registry.getPrometheusRegistry().scrape().stream().forEach(all::metricSnapshot);
        families.snapshots(this::failed).forEach(all::metricSnapshot);
        return all.build();
    }

    private synchronized void failed(RuntimeException e) {
        failures++;
        LOG.warn("some metrics cannot be told: {}", e.getMessage(), e);
    }

    @Override
    public void close() {
        collections.close();
        registry.close();
    }
}
