package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.WIFI;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.journalled;

import dev.plumbline.catalog.scope.Scope;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Change;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.History;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Mechanism;
import dev.plumbline.collector.finding.Place;
import dev.plumbline.collector.finding.Recent;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.RuleTrace;
import dev.plumbline.collector.finding.Seen;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.finding.Witness;
import dev.plumbline.collector.journal.SqliteJournal;
import dev.plumbline.collector.store.AgentReport;
import dev.plumbline.collector.store.ClosedRound;
import dev.plumbline.collector.store.RoundChange;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Batch;
import dev.plumbline.words.Bytes;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Exchange;
import dev.plumbline.words.Failure;
import dev.plumbline.words.FailureKind;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Lookup;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.ThroughProxy;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** The data of a collector to which an agent, and servers that it met, said the same in every text that they may fill. */
final class HostileFolder {
    static final String MARKUP = "\"'><img src=x onerror=alert(1)>&${1}<!--";
    static final String INCIDENT = "00112233445566778899aabbccddeeff";

    private final Path data;
    private final Instant begun = Instant.now().minus(Duration.ofHours(3)).truncatedTo(ChronoUnit.SECONDS);

    HostileFolder(Path data) {
        this.data = data;
    }

    /** When the round of it all was closed. */
    Instant closedAt() {
        return begun.plusSeconds(40);
    }

    long round() {
        return begun.toEpochMilli();
    }

    void write() throws Exception {
        Files.createDirectories(data);
        X509Certificate certificate = certificate();
        Sha256 hash = Sha256.of(certificate.getEncoded());
        long position;
        try (SqliteJournal journal = SqliteJournal.open(DataFolder.journal(data))) {
            Batch batch = new Batch(new UUID(1, 2), 1, "", List.of(observation(hash)), List.of(summary()), List.of());
            position = journal.append(
                            journalled(WIFI_A, begun.plusSeconds(30), batch),
                            List.of(new Evidence(hash, Evidence.X509, Bytes.of(certificate.getEncoded()))))
                    .get();
        }
        try (SqliteStore store = SqliteStore.open(DataFolder.store(data))) {
            store.apply(new RoundChange(
                    new RoundVerdict(
                            round(),
                            closedAt(),
                            Set.of(WIFI),
                            List.of(cell()),
                            List.of(),
                            List.of(),
                            List.of(requirement())),
                    List.of(incident()),
                    List.of(),
                    List.of(new AgentReport(WIFI_A, closedAt(), MARKUP, MARKUP)),
                    new ClosedRound(round(), closedAt(), position, position),
                    0,
                    position,
                    0));
        }
    }

    private static X509Certificate certificate() throws Exception {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
        generator.initialize(256);
        KeyPair keys = generator.generateKeyPair();
        var name = new X500NameBuilder().addRDN(BCStyle.CN, MARKUP).build();
        return new JcaX509CertificateConverter()
                .getCertificate(new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(Instant.parse("2026-01-01T00:00:00Z")),
                                Date.from(Instant.parse("2036-01-01T00:00:00Z")),
                                name,
                                keys.getPublic())
                        .build(new JcaContentSignerBuilder("SHA256withECDSA").build(keys.getPrivate())));
    }

    private Observation observation(Sha256 certificate) {
        Endpoint local = new Endpoint("10.20.20.7", 40_001);
        Endpoint remote = new Endpoint("17.57.144.10", 5223);
        Handshake shaken = new Handshake(
                MARKUP,
                List.of(MARKUP),
                List.of(MARKUP),
                local,
                Failure.none(),
                Duration.ofMillis(14),
                MARKUP,
                MARKUP,
                MARKUP,
                false,
                List.of(certificate),
                Duration.ofMillis(3),
                Optional.empty(),
                Optional.empty());
        Handshake refused = new Handshake(
                MARKUP,
                List.of(),
                List.of(),
                local,
                Failure.of(FailureKind.TLS_ALERT, MARKUP),
                Duration.ofMillis(14),
                "",
                "",
                "",
                false,
                List.of());
        Exchange answer = new Exchange(
                MARKUP,
                Failure.none(),
                Duration.ofMillis(5),
                200,
                Map.of("server", MARKUP),
                Bytes.of(MARKUP.getBytes(java.nio.charset.StandardCharsets.UTF_8)),
                9,
                MARKUP,
                Map.of("title", MARKUP),
                List.of(),
                MARKUP);
        WhoAnswered who = new WhoAnswered(54, 60, 443, Failure.none(), 11, 0, Failure.none());
        Attempt attempt = new Attempt(
                MARKUP,
                Transport.TCP,
                local,
                remote,
                begun.plusSeconds(3),
                Failure.none(),
                Duration.ofMillis(9),
                Duration.ofMillis(8),
                List.of(shaken, refused),
                Optional.of(answer),
                who);
        Attempt through = attempt.through(
                new ThroughProxy(MARKUP, MARKUP, "CONNECT", false, 407, List.of(MARKUP), Failure.none()));
        Lookup lookup = new Lookup(
                MARKUP,
                "TXT",
                new Endpoint("10.20.20.1", 53),
                Transport.UDP,
                begun.plusSeconds(2),
                Duration.ofMillis(4),
                Failure.of(FailureKind.DNS_MALFORMED, MARKUP),
                0,
                false,
                List.of(MARKUP),
                List.of(new Lookup.Answer(MARKUP, 60)),
                2);
        return new Observation(
                COURIER,
                round(),
                1,
                begun.plusSeconds(2),
                Duration.ofMillis(40),
                List.of(lookup),
                List.of(attempt, through),
                Duration.ZERO);
    }

    private RoundSummary summary() {
        return new RoundSummary(
                round(),
                "",
                begun,
                begun.plusSeconds(20),
                List.of(COURIER),
                Map.of(),
                new Environment(MARKUP, MARKUP, MARKUP, List.of(), List.of(), MARKUP),
                "");
    }

    private Cell cell() {
        return new Cell(
                WIFI,
                COURIER,
                true,
                State.BLOCKED,
                MARKUP,
                false,
                round(),
                begun.plusSeconds(3),
                List.of(MARKUP),
                Duration.ofMillis(23),
                List.of(MARKUP),
                List.of(new RuleTrace(MARKUP, true, MARKUP)),
                Recent.NONE,
                new Seen(
                        List.of(MARKUP),
                        List.of(MARKUP),
                        9,
                        11,
                        new Seen.Idle(Duration.ofMinutes(4), Duration.ofMinutes(5), MARKUP)));
    }

    private static Requirement requirement() {
        return new Requirement(
                WIFI, "apns-device-direct", Requirement.Verdict.BROKEN, MARKUP, Requirement.Verdict.INSUFFICIENT);
    }

    private Incident incident() {
        Finding finding = new Finding(
                Place.of(WIFI),
                Mechanism.TCP_DROP,
                Scope.parse("tcp/5223"),
                List.of(COURIER),
                List.of(
                        new Witness(
                                WIFI,
                                MARKUP,
                                COURIER,
                                Transport.TCP,
                                Endpoint.NONE,
                                new Endpoint("17.57.144.10", 5223),
                                begun.plusSeconds(3),
                                MARKUP),
                        new Witness(
                                SRV,
                                "b",
                                COURIER,
                                Transport.TCP,
                                Endpoint.NONE,
                                new Endpoint("17.57.144.11", 5223),
                                begun.plusSeconds(3),
                                "what the servers saw")),
                MARKUP,
                MARKUP);
        return new Incident(
                INCIDENT,
                finding,
                closedAt(),
                Optional.empty(),
                round(),
                0,
                Optional.empty(),
                true,
                new History(List.of(new Change(Change.Kind.OPENED, round(), closedAt(), MARKUP)), 0));
    }
}
