package dev.plumbline.deploy.bench.month;

import dev.plumbline.catalog.site.Segment;
import dev.plumbline.collector.enrol.AuthorityFolder;
import dev.plumbline.config.ConfigException;
import dev.plumbline.identity.TlsFiles;
import dev.plumbline.identity.TlsMaterial;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Batch;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.StreamObserver;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** All agents of the campus, connected as they are, without probes: they tell a round when they are told to. */
final class Crew implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 120;
    private static final int ON_THE_WAY = 4;

    private final List<Member> members = new ArrayList<>();
    private final Rounds rounds;

    private Crew(Rounds rounds) {
        this.rounds = rounds;
    }

    /** Connects them. */
    static Crew join(MonthSite month, Faults faults, int port, Clock clock) throws IOException, ConfigException {
        UUID incarnation = UUID.randomUUID();
        Crew crew = new Crew(new Rounds(month, faults, incarnation));
        try {
            for (Segment segment : month.site().segments()) {
                Path folder =
                        month.folder().resolve("agents").resolve(segment.id().value());
                if (!Files.exists(folder.resolve("agent.pem"))) {
                    new AuthorityFolder(month.folder().resolve("pki"))
                            .issue(segment.id(), Rounds.agent(segment).name(), folder, clock.instant());
                }
                TlsMaterial own = new TlsFiles(
                                folder.resolve("agent.pem"), folder.resolve("agent.key"), folder.resolve("ca.pem"))
                        .load(clock.instant());
                crew.members.add(new Member(segment, channel(own, port), incarnation, clock.instant()));
            }
            for (Member member : crew.members) {
                member.await(member.welcomed);
            }
            return crew;
        } catch (IOException | ConfigException | RuntimeException e) {
            crew.close();
            throw e;
        }
    }

    private static ManagedChannel channel(TlsMaterial own, int port) throws IOException {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .sslContext(GrpcSslContexts.forClient()
                        .keyManager(own.key(), own.chain().toArray(new X509Certificate[0]))
                        .trustManager(own.trust().toArray(new X509Certificate[0]))
                        .build())
                .build();
    }

    /**
     * Tells a round and waits until the journal has it.
     *
     * @return observations in it
     */
    int tell(long round) throws IOException {
        int observations = 0;
        for (Member member : members) {
            for (Batch batch : rounds.of(member.segment, round)) {
                observations += batch.observations().size();
                member.send(batch);
            }
        }
        for (Member member : members) {
            member.awaitAll();
        }
        return observations;
    }

    @Override
    public void close() {
        members.forEach(member -> member.channel.shutdownNow());
    }

    private static final class Member implements StreamObserver<ConnectResponse> {
        private final Segment segment;
        private final ManagedChannel channel;
        private final StreamObserver<ConnectRequest> requests;
        private final CompletableFuture<Void> welcomed = new CompletableFuture<>();
        private final ConcurrentHashMap<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();
        private long sent;

        Member(Segment segment, ManagedChannel channel, UUID incarnation, Instant now) {
            this.segment = segment;
            this.channel = channel;
            this.requests = AgentGatewayGrpc.newStub(channel).connect(this);
            requests.onNext(ConnectRequest.newBuilder()
                    .setHello(Hello.newBuilder()
                            .setIncarnation(Fields.uuid(incarnation))
                            .setAgentVersion("0.1.0")
                            .setAgentTime(Fields.timestamp(now)))
                    .build());
        }

        void send(Batch batch) throws IOException {
            sent = batch.sequence();
            CompletableFuture<Void> earlier = waiting.get(sent - ON_THE_WAY);
            if (earlier != null) {
                await(earlier);
            }
            waiting.put(sent, new CompletableFuture<>());
            requests.onNext(ConnectRequest.newBuilder()
                    .setBatch(BatchCodec.encode(batch))
                    .build());
        }

        void awaitAll() throws IOException {
            CompletableFuture<Void> last = waiting.get(sent);
            if (last != null) {
                await(last);
            }
        }

        void await(CompletableFuture<Void> event) throws IOException {
            try {
                event.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            } catch (ExecutionException | TimeoutException e) {
                throw new IOException("the collector does not answer the agent of " + segment.id(), e);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IOException(e);
            }
        }

        @Override
        public void onNext(ConnectResponse response) {
            if (response.hasWelcome()) {
                welcomed.complete(null);
            } else if (response.hasAck()) {
                long acknowledged = response.getAck().getSequence();
                waiting.forEach((sequence, event) -> {
                    if (sequence <= acknowledged && event.complete(null)) {
                        waiting.remove(sequence);
                    }
                });
            }
        }

        @Override
        public void onError(Throwable problem) {
            welcomed.completeExceptionally(problem);
            waiting.values().forEach(event -> event.completeExceptionally(problem));
        }

        @Override
        public void onCompleted() {
            onError(new IOException("the collector ended the stream"));
        }
    }
}
