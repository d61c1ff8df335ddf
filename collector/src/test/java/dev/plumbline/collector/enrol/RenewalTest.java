package dev.plumbline.collector.enrol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.identity.JoinToken;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.ListAgentsRequest;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import java.security.KeyPair;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Who is renewed, and who no more. */
final class RenewalTest extends EnrollingCollector {
    @Test
    void aRevokedAgentCannotEvenShakeHandsNorAfterARestartAndOthersCan() throws Exception {
        KeyPair keys = Requests.ec("secp256r1");
        X509Certificate own = certificate(join(invite(), Requests.usual(keys), "laptop", true));
        KeyPair others = Requests.ec("secp256r1");
        X509Certificate other = certificate(join(invite(), Requests.usual(others), "desk", true));
        ManagedChannel standing = member(keys.getPrivate(), own);
        assertThat(renewed(standing)).isEqualTo(Status.Code.OK);
        revoke("laptop");
        // A connection that stood before, then a new one.
        assertThat(renewed(standing)).isEqualTo(Status.Code.PERMISSION_DENIED);
        assertThat(renewed(member(keys.getPrivate(), own))).isEqualTo(Status.Code.UNAVAILABLE);
        close();
        open();
        assertThat(renewed(member(keys.getPrivate(), own))).isEqualTo(Status.Code.UNAVAILABLE);
        assertThat(renewed(member(others.getPrivate(), other))).isEqualTo(Status.Code.OK);
    }

    @Test
    void aRenewalIsForTheCallersOwnIdentityAndForANewKey() throws Exception {
        KeyPair keys = Requests.ec("secp256r1");
        X509Certificate own = certificate(join(invite(), Requests.usual(keys), "laptop", true));
        var renewal = CertificateRenewalGrpc.newBlockingStub(member(keys.getPrivate(), own));
        KeyPair next = Requests.ec("secp256r1");
        clock.advance(Duration.ofDays(5));
        X509Certificate renewed = certificate(renewal.renewCertificate(renewal(Requests.greedy(next)))
                .getCertificates(0)
                .toByteArray());
        assertThat(SpiffeId.of(renewed)).isEqualTo(SpiffeId.of(own));
        assertThat(renewed.getPublicKey()).isEqualTo(next.getPublic());
        assertThat(renewed.getNotAfter().toInstant()).isAfter(own.getNotAfter().toInstant());
        for (KeyPair old : List.of(keys, next)) {
            assertThatThrownBy(() -> renewal.renewCertificate(renewal(Requests.usual(old))))
                    .hasMessage("INVALID_ARGUMENT: the key of the request had a certificate before; make a new key");
        }
        assertThat(administration()
                        .listAgents(ListAgentsRequest.getDefaultInstance())
                        .getAgents(0)
                        .getCertificateEndsAt()
                        .getSeconds())
                .isEqualTo(renewed.getNotAfter().toInstant().getEpochSecond());
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            # renewals in turn: over the key > for the key,   who asks then, is renewed
            '',                                               given,         true
            given>a,                                          a,             true
            # The answer was lost: the earlier key asks again, and again.
            given>a,                                          given,         true
            given>a given>b,                                  given,         true
            given>a given>b,                                  b,             true
            # A copy of the earlier key went on as well: one of the two ends here.
            given>a given>b,                                  a,             false
            given>a a>b,                                      given,         false
            given>a a>b,                                      a,             true
            given>a a>b b>c,                                  a,             false
            """)
    void onlyTheLatestKeyRenewsOrTheOneBeforeWhoseAnswerMayBeLost(String renewals, String asks, boolean isRenewed)
            throws Exception {
        Map<String, Holder> holders = new HashMap<>();
        KeyPair given = Requests.ec("secp256r1");
        holders.put("given", new Holder(given, certificate(join(invite(), Requests.usual(given), "laptop", true))));
        for (String renewal : renewals.isEmpty() ? List.<String>of() : List.of(renewals.split(" ", -1))) {
            KeyPair next = Requests.ec("secp256r1");
            byte[] der = CertificateRenewalGrpc.newBlockingStub(channel(holders, renewal.split(">", 2)[0]))
                    .renewCertificate(renewal(Requests.usual(next)))
                    .getCertificates(0)
                    .toByteArray();
            holders.put(renewal.split(">", 2)[1], new Holder(next, certificate(der)));
        }
        long before = audit().size();
        ManagedChannel channel = channel(holders, asks);
        if (isRenewed) {
            assertThat(renewed(channel)).isEqualTo(Status.Code.OK);
            assertThat(audit().stream().skip(before).map(e -> e.getWhat())).containsExactly("RENEWED");
            return;
        }
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        assertThatThrownBy(() -> CertificateRenewalGrpc.newBlockingStub(channel).renewCertificate(renewal(request)))
                .hasMessageStartingWith(
                        "FAILED_PRECONDITION: the certificate of spiffe://campus.example/site/campus/segment"
                                + "/wifi/agent/laptop was renewed since for another key, and this connection's key renews no more")
                .hasMessageContaining("(plumbline invite --segment wifi --agent laptop)");
        assertThat(audit().stream()
                        .skip(before)
                        .map(e -> e.getWhat() + " " + e.getWho() + " " + e.getAbout() + " " + e.getDetail()))
                .singleElement()
                .asString()
                .startsWith("SECOND_KEY address 127.0.0.1"
                        + " spiffe://campus.example/site/campus/segment/wifi/agent/laptop a renewal asked with a key that is"
                        + " neither the latest nor the one before, of a certificate until ");
        // What was refused has not put anybody else out of turn.
        String latest = renewals.substring(renewals.lastIndexOf('>') + 1);
        assertThat(renewed(channel(holders, latest))).isEqualTo(Status.Code.OK);
    }

    private record Holder(KeyPair keys, X509Certificate certificate) {}

    private ManagedChannel channel(Map<String, Holder> holders, String name) throws Exception {
        Holder holder = Objects.requireNonNull(holders.get(name), name);
        return member(holder.keys().getPrivate(), holder.certificate());
    }

    @Test
    void anEarlierKeyRenewsNoMoreOnceATokenForTheNamedAgentIsSpent() throws Exception {
        KeyPair first = Requests.ec("secp256r1");
        X509Certificate earlier = certificate(join(invite(), Requests.usual(first), "laptop", true));
        KeyPair second = Requests.ec("secp256r1");
        JoinToken back = token(invitation().setAgentName("laptop"));
        assertThat(renewed(member(first.getPrivate(), earlier)))
                .as("the token is not spent yet")
                .isEqualTo(Status.Code.OK);
        X509Certificate own = certificate(join(back, Requests.usual(second), "laptop", true));
        assertThat(renewed(member(first.getPrivate(), earlier))).isEqualTo(Status.Code.FAILED_PRECONDITION);
        assertThat(renewed(member(second.getPrivate(), own))).isEqualTo(Status.Code.OK);
        assertThat(renewed(member(first.getPrivate(), earlier))).isEqualTo(Status.Code.FAILED_PRECONDITION);
    }

    @Test
    void whatWasIssuedByHandIsNotRenewed() throws Exception {
        KeyPair hand = Requests.ec("secp256r1");
        ManagedChannel channel = member(hand.getPrivate(), issuedByHand("desk", hand));
        byte[] request = Requests.usual(Requests.ec("secp256r1"));
        assertThatThrownBy(() -> CertificateRenewalGrpc.newBlockingStub(channel).renewCertificate(renewal(request)))
                .hasMessageStartingWith("FAILED_PRECONDITION: this collector never gave ")
                .hasMessageContaining("(plumbline invite --segment wifi --agent desk)");
        assertThat(audit()).last().extracting(e -> e.getWhat()).isEqualTo("RENEWAL_REFUSED");
    }
}
