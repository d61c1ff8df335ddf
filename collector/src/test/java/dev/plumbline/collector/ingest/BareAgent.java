package dev.plumbline.collector.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.collector.enrol.Issued;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.ConnectRequest;
import dev.plumbline.v1.ConnectResponse;
import dev.plumbline.v1.Hello;
import dev.plumbline.wire.BatchCodec;
import dev.plumbline.wire.Fields;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Evidence;
import io.grpc.Attributes;
import io.grpc.ManagedChannel;
import io.grpc.netty.GrpcSslContexts;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.stub.ClientCallStreamObserver;
import io.grpc.stub.ClientResponseObserver;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.X509ExtendedKeyManager;
import org.jspecify.annotations.Nullable;

/** An agent's end of one stream, which does only what it is told; from any address of loopback. */
final class BareAgent extends Heard<ConnectResponse>
        implements ClientResponseObserver<ConnectRequest, ConnectResponse>, AutoCloseable {
    /** As it is: Netty would encrypt it with ten thousand rounds to keep it in memory. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private final Issued own;

        OneKey(Issued own) {
            this.own = own;
        }

        @Override
        public String chooseEngineClientAlias(String[] types, Principal[] issuers, SSLEngine engine) {
            return "own";
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {own.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return own.key();
        }

        @Override
        public String[] getClientAliases(String type, Principal[] issuers) {
            return new String[] {"own"};
        }

        @Override
        public String chooseClientAlias(String[] types, Principal[] issuers, Socket socket) {
            return "own";
        }

        @Override
        public String[] getServerAliases(String type, Principal[] issuers) {
            return new String[0];
        }

        @Override
        public String chooseServerAlias(String type, Principal[] issuers, Socket socket) {
            return "own";
        }
    }

    private final ManagedChannel channel;
    private UUID incarnation = UUID.randomUUID();
    private boolean isReading = true;
    private @Nullable ClientCallStreamObserver<ConnectRequest> requests;

    private ClientCallStreamObserver<ConnectRequest> requests() {
        return Objects.requireNonNull(requests, "the agent has not connected yet");
    }

    BareAgent(int port, Issued identity, String from) throws SSLException {
        channel = channel(port, identity, from).build();
    }

    static NettyChannelBuilder channel(int port, Issued identity, String from) throws SSLException {
        return NettyChannelBuilder.forAddress("127.0.0.1", port)
                .localSocketPicker(new NettyChannelBuilder.LocalSocketPicker() {
                    @Override
                    public SocketAddress createSocketAddress(SocketAddress to, Attributes attributes) {
                        return new InetSocketAddress(from, 0);
                    }
                })
                .flowControlWindow(1 << 16)
                .sslContext(GrpcSslContexts.configure(
                                SslContextBuilder.forClient().keyManager(new OneKey(identity)), SslProvider.JDK)
                        .trustManager(InsecureTrustManagerFactory.INSTANCE)
                        .build());
    }

    /** The same installation as another one. */
    BareAgent as(BareAgent other) {
        incarnation = other.incarnation;
        return this;
    }

    void stopReading() {
        isReading = false;
    }

    @Override
    public void beforeStart(ClientCallStreamObserver<ConnectRequest> stream) {
        requests = stream;
        if (!isReading) {
            stream.disableAutoRequestWithInitial(0);
        }
    }

    void open() {
        AgentGatewayGrpc.newStub(channel).withWaitForReady().connect(this);
    }

    void hello() {
        open();
        requests()
                .onNext(ConnectRequest.newBuilder()
                        .setHello(Hello.newBuilder()
                                .setIncarnation(Fields.uuid(incarnation))
                                .setAgentTime(Fields.timestamp(Instant.now())))
                        .build());
    }

    void greet() throws InterruptedException {
        hello();
        assertThat(next().hasWelcome()).isTrue();
        assertThat(next().hasPlan()).isTrue();
    }

    void batch(long sequence, List<Evidence> evidence) {
        requests()
                .onNext(ConnectRequest.newBuilder()
                        .setBatch(
                                BatchCodec.encode(new Batch(incarnation, sequence, "", List.of(), List.of(), evidence)))
                        .build());
    }

    /** Fails unless the batch is acknowledged. */
    void report(long sequence) throws InterruptedException {
        batch(sequence, List.of());
        acknowledged(sequence);
    }

    /** Reads on until a batch is acknowledged; pauses are passed over. */
    void acknowledged(long sequence) throws InterruptedException {
        ConnectResponse response = next();
        while (response.hasThrottle() || response.getAck().getSequence() < sequence) {
            response = next();
        }
        assertThat(response.getAck().getSequence()).isEqualTo(sequence);
    }

    boolean isReady() {
        return requests().isReady();
    }

    @Override
    public void close() {
        if (requests != null) {
            // Releases what was not read.
            requests.cancel("the test is over", null);
        }
        channel.shutdownNow();
    }
}
