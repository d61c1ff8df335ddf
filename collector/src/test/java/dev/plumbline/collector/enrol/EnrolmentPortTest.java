package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.plumbline.collector.enrol.AuditEntry.What;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.v1.AdministrationGrpc;
import dev.plumbline.v1.AgentGatewayGrpc;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.EnrolAgentRequest;
import dev.plumbline.v1.EnrolmentGrpc;
import dev.plumbline.v1.ListAgentsRequest;
import dev.plumbline.v1.ListSegmentsRequest;
import dev.plumbline.v1.QueryServiceGrpc;
import dev.plumbline.v1.RenewCertificateRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.util.InsecureTrustManagerFactory;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;

/** What strangers reach, and how often. */
final class EnrolmentPortTest extends EnrollingCollector {
    @Test
    void whoeverHasNoCertificateReachesNothingButTheEnrolment() throws Exception {
        ManagedChannel channel = stranger();
        for (var call : List.<Runnable>of(
                () -> AdministrationGrpc.newBlockingStub(channel).listAgents(ListAgentsRequest.getDefaultInstance()),
                () -> QueryServiceGrpc.newBlockingStub(channel).listSegments(ListSegmentsRequest.getDefaultInstance()),
                () -> CertificateRenewalGrpc.newBlockingStub(channel)
                        .renewCertificate(RenewCertificateRequest.getDefaultInstance()))) {
            assertThatThrownBy(call::run)
                    .isInstanceOfSatisfying(
                            StatusRuntimeException.class,
                            e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNIMPLEMENTED));
        }
        // And where agents connect it is as closed as before.
        ManagedChannel elsewhere = channel(SslContextBuilder.forClient(), server.port());
        assertThatThrownBy(() ->
                        EnrolmentGrpc.newBlockingStub(elsewhere).enrolAgent(EnrolAgentRequest.getDefaultInstance()))
                .isInstanceOfSatisfying(
                        StatusRuntimeException.class,
                        e -> assertThat(e.getStatus().getCode()).isEqualTo(Status.Code.UNAVAILABLE));
        assertThat(AgentGatewayGrpc.getServiceDescriptor().getName())
                .as("named here so that a new service is thought of")
                .isEqualTo("plumbline.v1.AgentGateway");
    }

    @Test
    void anAgentIsNoAdministrator() throws Exception {
        KeyPair keys = Requests.ec("secp256r1");
        X509Certificate own = certificate(join(invite(), Requests.usual(keys), "laptop", true));
        ManagedChannel agent = member(keys.getPrivate(), own);
        assertThatThrownBy(() -> AdministrationGrpc.newBlockingStub(agent)
                        .createInvitation(invitation().build()))
                .hasMessageStartingWith("PERMISSION_DENIED: ");
    }

    @Test
    void whoeverTriesInVainTooOftenIsPutOffAndAnotherMessageIsBounded() throws Exception {
        JoinToken good = invite();
        JoinToken unknown = new JoinToken(
                good.addresses(), good.authority(), good.collector(), dev.plumbline.words.Bytes.of(new byte[32]));
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        List<Status.Code> codes = new ArrayList<>();
        ManagedChannel channel = stranger();
        // Tries come back with time: how many it takes depends on how slow this machine is.
        while (!codes.contains(Status.Code.RESOURCE_EXHAUSTED) && codes.size() < 500) {
            codes.add(catchThrowableOfType(
                            StatusRuntimeException.class, () -> join(channel, unknown, request, "host", false))
                    .getStatus()
                    .getCode());
        }
        assertThat(codes.get(0)).isEqualTo(Status.Code.UNAUTHENTICATED);
        assertThat(codes).contains(Status.Code.RESOURCE_EXHAUSTED);
        // One line for all of them, which a stranger could else fill the disk with.
        assertThat(audit())
                .filteredOn(e -> e.getWhat().equals(What.JOIN_REFUSED.name()))
                .hasSize(1);
        assertThat(refusal(good, new byte[64 << 10], "host").getCode())
                .isIn(Status.Code.RESOURCE_EXHAUSTED, Status.Code.CANCELLED);
        // Whoever has a token is not put off for what others did behind the same address.
        assertThat(join(good, request, "host", true)).isNotEmpty();
        close();
        open();
        long vain = codes.stream().filter(Status.Code.UNAUTHENTICATED::equals).count();
        assertThat(audit())
                .filteredOn(e -> e.getWhat().equals(What.JOIN_REFUSED.name()))
                .extracting(e -> e.getWho() + " " + e.getDetail())
                .containsExactly(
                        "address 127.0.0.1 no such token was ever given",
                        "address 127.0.0.1 the same " + (vain - 1) + " more times in the hour from "
                                + clock.instant().truncatedTo(ChronoUnit.HOURS));
    }

    @Test
    void whoeverHasATokenIsPutOffForWhatWasTriedWithItAlone() throws Exception {
        JoinToken good = invite();
        JoinToken other = invite();
        byte[] wrong = {1, 2, 3};
        List<Status.Code> codes = new ArrayList<>();
        ManagedChannel channel = stranger();
        while (!codes.contains(Status.Code.RESOURCE_EXHAUSTED) && codes.size() < 500) {
            codes.add(
                    catchThrowableOfType(StatusRuntimeException.class, () -> join(channel, good, wrong, "host", false))
                            .getStatus()
                            .getCode());
        }
        assertThat(codes).contains(Status.Code.INVALID_ARGUMENT, Status.Code.RESOURCE_EXHAUSTED);
        assertThat(join(other, Requests.usual(Requests.ec("secp256r1")), "host", true))
                .isNotEmpty();
    }

    @Test
    void noMoreThanSixteenOfOneAddressAreInsideAtOnceAndSilentOnesAreEnded() throws Exception {
        List<Socket> open = new ArrayList<>();
        try {
            // Who dallies for five seconds gives way: on a machine that is too slow to come with all before, they come
            // again.
            int greeted = 0;
            for (int i = 0; i < 5 && greeted != 16; i++) {
                greeted = 0;
                for (int k = 0; k < 24; k++) {
                    greeted += isGreeted(open) ? 1 : 0;
                }
                for (Socket socket : open) {
                    assertThat(ended(socket)).isTrue();
                }
                open.clear();
            }
            assertThat(greeted).isEqualTo(16);
        } finally {
            for (Socket socket : open) {
                socket.close();
            }
        }
        assertThat(joined("afterwards", true)).endsWith("/agent/afterwards");
    }

    /** False when the connection was closed before a byte of a handshake came. */
    private boolean isGreeted(List<Socket> open) throws Exception {
        Socket plain = new Socket(InetAddress.getLoopbackAddress(), enrolmentPort);
        plain.setSoTimeout(60_000);
        open.add(plain);
        SSLContext context = SSLContext.getInstance("TLSv1.3");
        context.init(null, InsecureTrustManagerFactory.INSTANCE.getTrustManagers(), null);
        try {
            SSLSocket socket =
                    (SSLSocket) context.getSocketFactory().createSocket(plain, "127.0.0.1", enrolmentPort, false);
            SSLParameters parameters = socket.getSSLParameters();
            parameters.setApplicationProtocols(new String[] {"h2"});
            socket.setSSLParameters(parameters);
            socket.startHandshake();
            return true;
        } catch (java.io.IOException closed) {
            return false;
        }
    }

    private static boolean ended(Socket socket) {
        try (InputStream in = socket.getInputStream()) {
            in.readAllBytes();
            return true;
        } catch (java.net.SocketTimeoutException stands) {
            return false;
        } catch (java.io.IOException reset) {
            return true;
        }
    }
}
