package dev.plumbline.collector.enrol;

import com.google.protobuf.ByteString;
import dev.plumbline.collector.ingest.Caller;
import dev.plumbline.collector.ingest.Identity;
import dev.plumbline.identity.SpiffeId;
import dev.plumbline.v1.CertificateRenewalGrpc;
import dev.plumbline.v1.RenewCertificateRequest;
import dev.plumbline.v1.RenewCertificateResponse;
import io.grpc.stub.StreamObserver;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gives an agent its next certificate. Runs behind {@link Identity}. */
final class RenewalService extends CertificateRenewalGrpc.CertificateRenewalImplBase {
    private static final Logger LOG = LoggerFactory.getLogger(RenewalService.class);

    private final Optional<Enrolment> enrolment;
    private final Tries<SpiffeId> tries = new Tries<>(5, TimeUnit.MINUTES.toNanos(10), 10_000);

    /** @param enrolment empty where the collector has no authority's key */
    RenewalService(Optional<Enrolment> enrolment) {
        this.enrolment = enrolment;
    }

    @Override
    public void renewCertificate(RenewCertificateRequest request, StreamObserver<RenewCertificateResponse> to) {
        Caller caller = Identity.caller();
        SpiffeId identity = caller.identity();
        Answering.answer(to, LOG, () -> {
            // Every renewal counts, since each is kept for ever.
            if (!tries.begin(identity, System.nanoTime())) {
                throw Refusal.tooOften("too many renewals of " + identity + "; try again in ten minutes");
            }
            Enrolment open = enrolment.orElseThrow(Answering::noEnrolment);
            byte[] certificate =
                    open.renew(caller, request.getCertificateRequest().toByteArray());
            LOG.info("agent {} has a new certificate", identity);
            return RenewCertificateResponse.newBuilder()
                    .addCertificates(ByteString.copyFrom(certificate))
                    .addAllCertificates(
                            open.below().stream().map(ByteString::copyFrom).toList())
                    .build();
        });
    }
}
