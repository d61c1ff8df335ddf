package dev.plumbline.collector.ingest;

import dev.plumbline.metrics.Families;
import dev.plumbline.metrics.MetricSource;
import dev.plumbline.metrics.Spans;
import io.grpc.BindableService;
import io.grpc.Metadata;
import io.grpc.ServerMethodDefinition;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * Counts the calls of a port by what was called and how it ended, also those that were refused. What the port does not serve is
 * one and the same to it: a peer makes up as many names as it likes.
 */
public final class CallCounts extends ServerStreamTracer.Factory implements MetricSource {
    private static final String UNKNOWN = "unknown";

    private final String port;
    private final Set<String> served;
    private final Map<String, AtomicInteger> open = new ConcurrentHashMap<>();
    private final Map<Ended, LongAdder> ended = new ConcurrentHashMap<>();
    private final Map<String, Spans> lasted = new ConcurrentHashMap<>();

    private record Ended(String rpc, Status.Code code) {}

    /** @param port what it is called by */
    public CallCounts(String port, Collection<? extends BindableService> services) {
        this.port = port;
        this.served = services.stream()
                .flatMap(s -> s.bindService().getMethods().stream())
                .map(ServerMethodDefinition::getMethodDescriptor)
                .map(m -> m.getFullMethodName())
                .collect(Collectors.toUnmodifiableSet());
    }

    @Override
    public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
        String rpc = served.contains(method) ? method.substring(method.lastIndexOf('.') + 1) : UNKNOWN;
        AtomicInteger now = open.computeIfAbsent(rpc, r -> new AtomicInteger());
        now.incrementAndGet();
        long begun = System.nanoTime();
        return new ServerStreamTracer() {
            @Override
            public void streamClosed(Status status) {
                now.decrementAndGet();
                ended.computeIfAbsent(new Ended(rpc, status.getCode()), e -> new LongAdder())
                        .increment();
                lasted.computeIfAbsent(rpc, r -> Spans.ofNetwork()).addNanos(System.nanoTime() - begun);
            }
        };
    }

    @Override
    public void tell(Families families) {
        for (Map.Entry<Ended, LongAdder> one : List.copyOf(ended.entrySet())) {
            families.counter(
                    "plumbline_rpc_calls_total",
                    "Calls that ended, by port, by what was called and by gRPC status.",
                    one.getValue().sum(),
                    "port",
                    port,
                    "rpc",
                    one.getKey().rpc(),
                    "code",
                    one.getKey().code().name());
        }
        open.forEach((rpc, now) ->
                families.gauge("plumbline_rpc_calls_open", "Calls under way.", now.get(), "port", port, "rpc", rpc));
        lasted.forEach((rpc, spans) -> families.histogram(
                "plumbline_rpc_seconds",
                "From the first header of a call to its end; streams of agents and watches last long.",
                spans,
                "port",
                port,
                "rpc",
                rpc));
    }
}
