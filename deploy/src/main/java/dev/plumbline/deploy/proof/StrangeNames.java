package dev.plumbline.deploy.proof;

import com.google.protobuf.ByteString;
import dev.plumbline.identity.JoinToken;
import dev.plumbline.v1.EnrolAgentRequest;
import dev.plumbline.v1.EnrolmentGrpc;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.asn1.DERUTF8String;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.bouncycastle.pkcs.jcajce.JcaPKCS10CertificationRequestBuilder;

/** A host with a right token that asks for names which are none. The token must stay good: a later row joins with it. */
final class StrangeNames {
    private static final int PATIENCE_SECONDS = 30;

    private final Ground ground;
    private final House house;

    StrangeNames(Ground ground, House house) {
        this.ground = ground;
        this.house = house;
    }

    void send(List<String> names, Account account) {
        Site site = house.site();
        // Whoever asks there has no certificate; one that is shown is not looked at.
        ManagedChannel channel =
                ground.channels().open(site.enrolmentPort(), site.agent("wifi", "nobody"), Loopback.of(16));
        try {
            for (String name : names) {
                Status status = ask(channel, name);
                account.require(
                        status.getCode() == Status.Code.INVALID_ARGUMENT,
                        "a host that wants a name which is none heard " + status);
            }
        } finally {
            Channels.cut(channel);
        }
    }

    private Status ask(ManagedChannel channel, String name) {
        try {
            EnrolmentGrpc.newBlockingStub(channel)
                    .withDeadlineAfter(PATIENCE_SECONDS, TimeUnit.SECONDS)
                    .enrolAgent(EnrolAgentRequest.newBuilder()
                            .setSecret(ByteString.copyFrom(
                                    JoinToken.parse(house.invitations().usual())
                                            .secret()
                                            .toArray()))
                            .setCertificateRequest(ByteString.copyFrom(request(name)))
                            .setAgentName(name)
                            .setIsNameFixed(true)
                            .build());
            return Status.OK;
        } catch (StatusRuntimeException e) {
            return e.getStatus();
        }
    }

    private static byte[] request(String name) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(256);
            KeyPair keys = generator.generateKeyPair();
            return new JcaPKCS10CertificationRequestBuilder(
                            new X500NameBuilder(BCStyle.INSTANCE)
                                    .addRDN(BCStyle.CN, new DERUTF8String(name))
                                    .build(),
                            keys.getPublic())
                    .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate()))
                    .getEncoded();
        } catch (GeneralSecurityException | OperatorCreationException | IOException e) {
            throw new IllegalStateException("every Java platform signs with P-256", e);
        }
    }
}
