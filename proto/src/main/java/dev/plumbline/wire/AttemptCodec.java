package dev.plumbline.wire;

import com.google.protobuf.ByteString;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.ThroughProxy;
import dev.plumbline.words.WhoAnswered;
import java.util.List;
import java.util.Optional;

/** Connections, handshakes and answers. */
final class AttemptCodec {
    private AttemptCodec() {}

    static dev.plumbline.v1.Attempt encode(Attempt attempt) {
        dev.plumbline.v1.Attempt.Builder message = dev.plumbline.v1.Attempt.newBuilder()
                .setHost(attempt.host())
                .setTransportValue(attempt.transport().number())
                .setLocal(PartCodec.endpoint(attempt.local()))
                .setRemote(PartCodec.endpoint(attempt.remote()))
                .setStartedAt(Fields.timestamp(attempt.startedAt()))
                .setConnectFailure(PartCodec.failure(attempt.connect()))
                .setConnectMicros(Fields.micros(attempt.connectElapsed()))
                .setSynRoundTripMicros(Fields.micros(attempt.synRoundTrip()));
        attempt.handshakes().forEach(h -> message.addHandshakes(handshake(h)));
        attempt.exchange().ifPresent(e -> message.setExchange(exchange(e)));
        if (!attempt.whoAnswered().equals(WhoAnswered.NOTHING)) {
            message.setWhoAnswered(who(attempt.whoAnswered()));
        }
        attempt.smallSegments().ifPresent(s -> message.setSmallSegments(SmallSegmentsCodec.encode(s)));
        attempt.proxy().ifPresent(p -> message.setProxy(proxy(p)));
        return message.build();
    }

    static Attempt decode(dev.plumbline.v1.Attempt message) throws WireException {
        return new Attempt(
                message.getHost(),
                PartCodec.transport(message.getTransportValue()),
                PartCodec.endpoint(message.getLocal(), "local"),
                PartCodec.endpoint(message.getRemote(), "remote"),
                Fields.instant(message.hasStartedAt(), message.getStartedAt(), "started_at"),
                PartCodec.failure(message.hasConnectFailure(), message.getConnectFailure(), "connect_failure"),
                Fields.span(message.getConnectMicros(), "connect_micros"),
                Fields.span(message.getSynRoundTripMicros(), "syn_round_trip_micros"),
                Fields.each(message.getHandshakesList(), "handshakes", AttemptCodec::handshake),
                message.hasExchange()
                        ? Optional.of(Fields.required(true, message.getExchange(), "exchange", AttemptCodec::exchange))
                        : Optional.empty(),
                message.hasWhoAnswered()
                        ? Fields.required(true, message.getWhoAnswered(), "who_answered", AttemptCodec::who)
                        : WhoAnswered.NOTHING,
                message.hasSmallSegments()
                        ? Optional.of(Fields.required(
                                true, message.getSmallSegments(), "small_segments", SmallSegmentsCodec::decode))
                        : Optional.empty(),
                message.hasProxy()
                        ? Optional.of(Fields.required(true, message.getProxy(), "proxy", AttemptCodec::proxy))
                        : Optional.empty());
    }

    private static dev.plumbline.v1.ThroughProxy proxy(ThroughProxy proxy) {
        return dev.plumbline.v1.ThroughProxy.newBuilder()
                .setName(proxy.name())
                .setFoundBy(proxy.foundBy())
                .setMethod(proxy.method())
                .setWithCredentials(proxy.withCredentials())
                .setStatus(proxy.status())
                .addAllAuthenticateSchemes(proxy.authenticateSchemes())
                .setFailure(PartCodec.failure(proxy.failure()))
                .build();
    }

    private static ThroughProxy proxy(dev.plumbline.v1.ThroughProxy message) throws WireException {
        return new ThroughProxy(
                message.getName(),
                message.getFoundBy(),
                message.getMethod(),
                message.getWithCredentials(),
                Fields.count(message.getStatus(), "status"),
                message.getAuthenticateSchemesList(),
                PartCodec.failure(message.hasFailure(), message.getFailure(), "failure"));
    }

    static dev.plumbline.v1.Handshake handshake(Handshake handshake) {
        dev.plumbline.v1.Handshake.Builder message = dev.plumbline.v1.Handshake.newBuilder()
                .setServerName(handshake.serverName())
                .addAllAlpnOffered(handshake.alpnOffered())
                .addAllVersionsOffered(handshake.versionsOffered())
                .setLocal(PartCodec.endpoint(handshake.local()))
                .setFailure(PartCodec.failure(handshake.failure()))
                .setElapsedMicros(Fields.micros(handshake.elapsed()))
                .setVersion(handshake.version())
                .setCipherSuite(handshake.cipherSuite())
                .setAlpnSelected(handshake.alpnSelected())
                .setClientCertificateRequested(handshake.clientCertificateRequested())
                .setFirstFlightMicros(Fields.micros(handshake.firstFlight()));
        handshake.certificates().forEach(c -> message.addCertificateSha256(Fields.sha256(c)));
        handshake.tcpState().ifPresent(t -> message.setTcpState(SmallSegmentsCodec.state(t)));
        handshake.quic().ifPresent(q -> message.setQuic(QuicCodec.encode(q)));
        return message.build();
    }

    static Handshake handshake(dev.plumbline.v1.Handshake message) throws WireException {
        return new Handshake(
                message.getServerName(),
                message.getAlpnOfferedList(),
                message.getVersionsOfferedList(),
                PartCodec.endpoint(message.getLocal(), "local"),
                PartCodec.failure(message.hasFailure(), message.getFailure(), "failure"),
                Fields.span(message.getElapsedMicros(), "elapsed_micros"),
                message.getVersion(),
                message.getCipherSuite(),
                message.getAlpnSelected(),
                message.getClientCertificateRequested(),
                digests(message.getCertificateSha256List(), "certificate_sha256"),
                Fields.span(message.getFirstFlightMicros(), "first_flight_micros"),
                message.hasTcpState()
                        ? Optional.of(
                                Fields.required(true, message.getTcpState(), "tcp_state", SmallSegmentsCodec::state))
                        : Optional.empty(),
                message.hasQuic()
                        ? Optional.of(Fields.required(true, message.getQuic(), "quic", QuicCodec::decode))
                        : Optional.empty());
    }

    private static List<Sha256> digests(List<ByteString> digests, String field) throws WireException {
        return Fields.each(digests, field, digest -> Fields.sha256(digest, "digest"));
    }

    private static dev.plumbline.v1.Exchange exchange(Exchange exchange) {
        dev.plumbline.v1.Exchange.Builder message = dev.plumbline.v1.Exchange.newBuilder()
                .setProtocol(exchange.protocol())
                .setFailure(PartCodec.failure(exchange.failure()))
                .setElapsedMicros(Fields.micros(exchange.elapsed()))
                .setStatus(exchange.status())
                .putAllHeaders(exchange.headers())
                .setBodyStart(ByteString.copyFrom(exchange.bodyStart().toArray()))
                .setBodyBytes(exchange.bodyBytes())
                .setAsked(exchange.asked())
                .putAllSeen(exchange.seen())
                .setSummary(exchange.summary());
        exchange.evidence().forEach(e -> message.addEvidenceSha256(Fields.sha256(e)));
        return message.build();
    }

    private static Exchange exchange(dev.plumbline.v1.Exchange message) throws WireException {
        return new Exchange(
                message.getProtocol(),
                PartCodec.failure(message.hasFailure(), message.getFailure(), "failure"),
                Fields.span(message.getElapsedMicros(), "elapsed_micros"),
                Fields.count(message.getStatus(), "status"),
                message.getHeadersMap(),
                Bytes.of(message.getBodyStart().toByteArray()),
                Fields.count(message.getBodyBytes(), "body_bytes"),
                message.getAsked(),
                message.getSeenMap(),
                digests(message.getEvidenceSha256List(), "evidence_sha256"),
                message.getSummary());
    }

    private static dev.plumbline.v1.WhoAnswered who(WhoAnswered who) {
        return dev.plumbline.v1.WhoAnswered.newBuilder()
                .setArrivingTtl(who.arrivingTtl())
                .setSiblingArrivingTtl(who.siblingArrivingTtl())
                .setSiblingPort(who.siblingPort())
                .setSiblingFailure(PartCodec.failure(who.siblingFailure()))
                .setAnsweringHop(who.answeringHop())
                .setCanaryPort(who.canaryPort())
                .setCanaryFailure(PartCodec.failure(who.canaryFailure()))
                .setCanaryMeasured(who.canaryPort() != 0)
                .build();
    }

    private static WhoAnswered who(dev.plumbline.v1.WhoAnswered message) throws WireException {
        return new WhoAnswered(
                message.getArrivingTtl(),
                message.getSiblingArrivingTtl(),
                Fields.port(message.getSiblingPort(), "sibling_port"),
                PartCodec.failure(message.hasSiblingFailure(), message.getSiblingFailure(), "sibling_failure"),
                message.getAnsweringHop(),
                Fields.port(message.getCanaryPort(), "canary_port"),
                PartCodec.failure(message.hasCanaryFailure(), message.getCanaryFailure(), "canary_failure"));
    }
}
