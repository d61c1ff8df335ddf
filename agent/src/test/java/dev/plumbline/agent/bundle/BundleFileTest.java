package dev.plumbline.agent.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.google.protobuf.CodedOutputStream;
import dev.plumbline.catalog.Catalog;
import dev.plumbline.catalog.IdentityClass;
import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.Service;
import dev.plumbline.catalog.Target;
import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.catalog.plan.Plan;
import dev.plumbline.catalog.plan.PlanCodec;
import dev.plumbline.v1.BundlePart;
import dev.plumbline.words.Attempt;
import dev.plumbline.words.Endpoint;
import dev.plumbline.words.Environment;
import dev.plumbline.words.Evidence;
import dev.plumbline.words.Failure;
import dev.plumbline.words.Handshake;
import dev.plumbline.words.Observation;
import dev.plumbline.words.RoundSummary;
import dev.plumbline.words.SegmentId;
import dev.plumbline.words.Sha256;
import dev.plumbline.words.Skip;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import dev.plumbline.words.Transport;
import dev.plumbline.words.WhoAnswered;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.cert.CertificateEncodingException;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class BundleFileTest {
    private static final Instant NOON = Instant.parse("2026-11-22T12:00:00Z");
    private static final Clock CLOCK = Clock.fixed(NOON.plusSeconds(9), ZoneOffset.UTC);
    private static final Catalog CATALOG = Catalog.builtIn();
    private static final List<Target> TARGETS =
            CATALOG.targets("plumbline-2026").subList(0, 12);

    /** The first of each class. */
    private static final TrustAnchors FEW = few(CATALOG.anchors());

    private static TrustAnchors few(TrustAnchors all) {
        TrustAnchors few = all;
        for (IdentityClass identity : IdentityClass.values()) {
            if (!all.of(identity).isEmpty()) {
                few = few.with(identity, all.of(identity).subList(0, 1));
            }
        }
        return few;
    }

    @TempDir
    private Path folder = Path.of("");

    private Path file() {
        return folder.resolve("facts.plb");
    }

    static Evidence certificate() {
        X509Certificate any = CATALOG.anchors().anchors().values().stream()
                .flatMap(List::stream)
                .findFirst()
                .orElseThrow();
        try {
            return Evidence.x509(any.getEncoded());
        } catch (CertificateEncodingException e) {
            throw new AssertionError(e);
        }
    }

    private static Observation observation(TargetId target, Sha256 certificate) {
        Endpoint local = new Endpoint("192.0.2.7", 40000);
        Handshake handshake = new Handshake(
                "courier.push.apple.com",
                List.of("apns-security-v3"),
                List.of(),
                local,
                Failure.none(),
                Duration.ofMillis(30),
                "TLSv1.3",
                "TLS_AES_128_GCM_SHA256",
                "apns-security-v3",
                false,
                List.of(certificate));
        Attempt attempt = new Attempt(
                "1-courier.push.apple.com",
                Transport.TCP,
                local,
                new Endpoint("17.57.144.10", 5223),
                NOON,
                Failure.none(),
                Duration.ofMillis(12),
                Duration.ofMillis(11),
                List.of(handshake),
                Optional.empty(),
                WhoAnswered.NOTHING);
        return new Observation(
                target,
                NOON.toEpochMilli(),
                1,
                NOON,
                Duration.ofMillis(50),
                List.of(),
                List.of(attempt),
                Duration.ZERO);
    }

    static Bundle bundle(List<Evidence> evidence) {
        TargetId courier = new TargetId("courier:5223");
        return new Bundle(
                Asked.of(Set.of(Role.DEVICE), Set.of(Service.APNS), "plumbline-2026", CATALOG),
                PlanCodec.seal(Plan.of("host", new SegmentId("here"), TARGETS, Plan.Settings.DEFAULT)),
                FEW,
                List.of(
                        observation(courier, certificate().hash()),
                        observation(courier, certificate().hash())),
                evidence,
                new RoundSummary(
                        NOON.toEpochMilli(),
                        "",
                        NOON,
                        NOON.plusSeconds(3),
                        List.of(courier),
                        Map.of(new TargetId("time"), Skip.of(SkipReason.TOO_SOON)),
                        new Environment("0.1.0", "Linux", "OpenSSL", List.of("192.0.2.7"), List.of("192.0.2.1:53"), ""),
                        ""),
                NOON.plusSeconds(4),
                Duration.ofMillis(4321),
                "");
    }

    private byte[] written() throws Exception {
        BundleFile.at(file(), false).write(bundle(List.of(certificate(), certificate())), CLOCK);
        return Files.readAllBytes(file());
    }

    @Test
    void whatIsReadIsWhatWasWrittenAndEachPieceOfEvidenceIsThereOnce() throws Exception {
        long size = BundleFile.at(file(), false).write(bundle(List.of(certificate(), certificate())), CLOCK);
        Bundle read = BundleReader.read(file());
        assertThat(size).isEqualTo(Files.size(file()));
        assertThat(read.evidence()).containsExactly(certificate());
        assertThat(read).isEqualTo(bundle(List.of(certificate())));
        assertThat(read.missing()).isEmpty();
        assertThat(Files.readString(file(), StandardCharsets.ISO_8859_1)).startsWith("plumbline-bundle 1\n");
    }

    @Test
    void evidenceThatNobodyKeptIsMissed() throws Exception {
        BundleFile.at(file(), false).write(bundle(List.of()), CLOCK);
        assertThat(BundleReader.read(file()).missing())
                .containsExactly(certificate().hash());
    }

    @Test
    void onlyItsOwnerMayReadItAndNothingElseIsLeftInTheFolder() throws Exception {
        written();
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file())))
                .isEqualTo("rw-------");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void anotherFileIsReplacedOnlyWhenToldSo() throws Exception {
        Files.writeString(file(), "mine");
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> BundleFile.at(file(), false))
                .withMessage(file() + ": exists already; name another file, or give --force to replace it");
        BundleFile.at(file(), true).write(bundle(List.of()), CLOCK);
        assertThat(BundleReader.read(file()).isComplete()).isTrue();
    }

    @Test
    void aFileThatCameUpWhileTheRoundRanIsLeftAlone() throws Exception {
        BundleFile place = BundleFile.at(file(), false);
        Files.writeString(file(), "mine");
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> place.write(bundle(List.of()), CLOCK))
                .withMessageContaining("exists already");
        assertThat(Files.readString(file())).isEqualTo("mine");
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void aFolderThatIsNotThereIsToldBeforeAnythingIsMeasured() {
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> BundleFile.at(folder.resolve("no/facts.plb"), false))
                .withMessageContaining("is no folder that this user may write to");
        assertThatExceptionOfType(BundleException.class)
                .isThrownBy(() -> BundleFile.at(folder, false))
                .withMessageContaining("is a folder; name a file in it");
    }

    @Test
    void wheneverItIsCutItIsRefusedWithTheFile() throws Exception {
        byte[] whole = written();
        for (int length = 0; length < whole.length; length += 1 + length / 40) {
            Files.write(file(), Arrays.copyOf(whole, length));
            refusal("");
        }
        Files.write(file(), Arrays.copyOf(whole, whole.length / 2));
        assertThat(refusal("")).contains("ends too early, after " + whole.length / 2 + " bytes");
    }

    @Test
    void whateverByteIsWrongItIsRefusedOrReadsTheSame() throws Exception {
        byte[] whole = written();
        Bundle right = BundleReader.read(file());
        Random random = new Random(5);
        for (int i = 0; i < 150; i++) {
            byte[] wrong = whole.clone();
            int at = i < 40 ? i : random.nextInt(wrong.length);
            wrong[at] ^= (byte) (1 << random.nextInt(8));
            Files.write(file(), wrong);
            try {
                // Bits of the gzip header that nobody looks at.
                assertThat(BundleReader.read(file())).isEqualTo(right);
            } catch (BundleException e) {
                assertThat(e).hasMessageStartingWith(file() + ": ");
            }
        }
    }

    @Test
    void contentThatLiesIsRefusedEvenWhenTheChecksumIsRight() throws Exception {
        byte[] parts = parts();
        Random random = new Random(7);
        int refused = 0;
        for (int i = 0; i < 150; i++) {
            byte[] wrong = parts.clone();
            wrong[random.nextInt(wrong.length)] = (byte) random.nextInt(256);
            zipped(out -> out.write(wrong));
            try {
                BundleReader.read(file());
            } catch (BundleException e) {
                assertThat(e).hasMessageStartingWith(file() + ": ");
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    /** What stands in the file, unpacked, with anchors left out: they would take most of the wrong bytes. */
    private byte[] parts() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        CodedOutputStream out = CodedOutputStream.newInstance(bytes);
        Bundle bundle = bundle(List.of(certificate()));
        out.writeMessageNoTag(BundlePart.newBuilder()
                .setOpening(BundleCodec.encode(bundle, NOON).toBuilder().clearAnchors())
                .build());
        for (Observation observation : bundle.observations()) {
            out.writeMessageNoTag(BundlePart.newBuilder()
                    .setObservation(dev.plumbline.wire.ObservationCodec.encode(observation))
                    .build());
        }
        out.flush();
        return bytes.toByteArray();
    }

    @Test
    void aFileOfANewerProgramIsRefusedWithWhatReadsIt() throws Exception {
        byte[] newer = written();
        newer["plumbline-bundle ".length()] = '2';
        Files.write(file(), newer);
        assertThat(refusal(""))
                .isEqualTo(file() + ": is a bundle of version 2, at byte 0, and this program reads version 1; use the"
                        + " program that wrote it, or a newer one");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "PK\u0003\u0004", "plumbline-bundle 1", "plumbline-bundle one\n", "plumbline-bundle 01\n"})
    void anyOtherFileIsNoBundle(String content) throws Exception {
        Files.writeString(file(), content, StandardCharsets.ISO_8859_1);
        assertThat(refusal("")).contains("is no bundle: its first line has to be 'plumbline-bundle 1'");
    }

    @Test
    void aBombIsLeftBeforeItUnpacks() throws Exception {
        zipped(out -> {
            byte[] empty = new byte[1 << 20];
            for (int i = 0; i < 512; i++) {
                // Parts of which each is an unknown field of zeros.
                out.write(new byte[] {(byte) 0x83, (byte) 0x80, 0x40, 0x7a, (byte) 0xff, (byte) 0xff, 0x3f});
                out.write(empty, 0, empty.length - 1);
            }
        });
        assertThat(Files.size(file())).isLessThan(1 << 20);
        refusal("");
        zipped(out -> {
            Bundle bundle = bundle(List.of());
            CodedOutputStream parts = CodedOutputStream.newInstance(out);
            parts.writeMessageNoTag(BundlePart.newBuilder()
                    .setOpening(BundleCodec.encode(bundle, NOON))
                    .build());
            BundlePart zeros = BundlePart.newBuilder()
                    .setEvidence(dev.plumbline.wire.BatchCodec.encode(Evidence.body(new byte[1 << 20])))
                    .build();
            for (int i = 0; i < 300; i++) {
                parts.writeMessageNoTag(zeros);
            }
            parts.flush();
        });
        refusal("it unpacks to more than");
    }

    @Test
    void aPartThatSaysItIsHugeIsNotWaitedFor() throws Exception {
        zipped(out -> out.write(new byte[] {(byte) 0xff, (byte) 0xff, (byte) 0xff, (byte) 0xff, 0x07}));
        refusal("is damaged at byte 0 of its unpacked content: a part says that it has 2147483647 bytes");
    }

    @Test
    void aRoundThatWasEndedByHandLeavesWhatItSawMarkedIncomplete() throws Exception {
        StringWriter err = new StringWriter();
        Recording recording = new Recording(
                BundleFile.at(file(), false),
                Asked.of(Set.of(), Set.of(), "plumbline-2026", CATALOG),
                TARGETS,
                CATALOG.anchors(),
                CLOCK,
                new PrintWriter(err));
        recording.observed(
                observation(new TargetId("courier:5223"), certificate().hash()), List.of(certificate()));
        recording.cutShort(NOON.toEpochMilli(), bundle(List.of()).summary().environment());
        Bundle read = BundleReader.read(file());
        assertThat(read.isComplete()).isFalse();
        assertThat(read.cutShortBy()).contains("ended before the round was over");
        assertThat(read.observations()).hasSize(1);
        assertThat(read.summary().probed()).containsExactly(new TargetId("courier:5223"));
        assertThat(err.toString())
                .startsWith(file() + ": 1 observations, 1 pieces of evidence, ")
                .contains("KiB; incomplete, because ");
    }

    private String refusal(String part) {
        try {
            BundleReader.read(file());
        } catch (BundleException e) {
            assertThat(e).hasMessageStartingWith(file() + ": ").hasMessageContaining(part);
            return String.valueOf(e.getMessage());
        }
        throw new AssertionError(file() + " was taken for a bundle");
    }

    private interface Content {
        void writeTo(OutputStream out) throws IOException;
    }

    private void zipped(Content content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file())) {
            out.write("plumbline-bundle 1\n".getBytes(StandardCharsets.US_ASCII));
            try (GZIPOutputStream zipped = new GZIPOutputStream(out)) {
                content.writeTo(zipped);
            }
        }
    }
}
