package dev.plumbline.collector;

import static dev.plumbline.collector.Samples.COURIER;
import static dev.plumbline.collector.Samples.SRV;
import static dev.plumbline.collector.Samples.SRV_A;
import static dev.plumbline.collector.Samples.WIFI_A;
import static dev.plumbline.collector.Samples.drop;
import static dev.plumbline.collector.Samples.requirement;
import static dev.plumbline.collector.Sites.WIFI_SEGMENT;
import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.catalog.Role;
import dev.plumbline.catalog.site.Segment;
import dev.plumbline.catalog.site.SegmentKind;
import dev.plumbline.collector.agreed.Agreements;
import dev.plumbline.collector.finding.Requirement.Verdict;
import dev.plumbline.collector.finding.RoundVerdict;
import dev.plumbline.collector.finding.State;
import dev.plumbline.collector.journal.JournalReading;
import dev.plumbline.collector.projection.Rebuild;
import dev.plumbline.collector.query.Declared;
import dev.plumbline.collector.query.PastReader;
import dev.plumbline.collector.report.Composition;
import dev.plumbline.collector.report.Format;
import dev.plumbline.collector.report.Period;
import dev.plumbline.collector.store.SqliteStore;
import dev.plumbline.v1.Report;
import dev.plumbline.words.AgentId;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TimeZone;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One journal, two stores: one that was written while rounds closed, one that was made anew of the journal. */
final class RebuiltReportTest {
    private static final Segment SRV_SEGMENT =
            new Segment(SRV, "Servers", SegmentKind.WIRED, Set.of(Role.DEVICE), List.of("10.2.0.0/16"), "srv");
    private static final Declared DECLARED = Sites.planned(Sites.of(WIFI_SEGMENT, SRV_SEGMENT));

    @TempDir
    Path folder;

    /** A segment whose agent is unfit drops. */
    private static final class Judge extends GatheringJudge {
        @Override
        RoundVerdict judge(long round, Instant closedAt, List<AgentId> heard, List<AgentId> unfit) {
            return new RoundVerdict(
                    round,
                    closedAt,
                    Set.copyOf(heard.stream().map(AgentId::segment).toList()),
                    heard.stream()
                            .map(a -> Samples.cell(
                                    a.segment(), COURIER, unfit.contains(a) ? State.BLOCKED : State.OK, round))
                            .toList(),
                    unfit.stream().map(a -> drop(a.segment())).toList(),
                    List.of(),
                    heard.stream()
                            .map(a -> requirement(
                                    a.segment(),
                                    "apns-device-direct",
                                    unfit.contains(a) ? Verdict.BROKEN : Verdict.MET))
                            .toList());
        }
    }

    @Test
    void theSameJournalGivesTheSameBytesWhoeverReadsItAndWherever() throws Exception {
        long hour = Duration.ofHours(1).toMillis();
        long first = System.currentTimeMillis() / hour * hour - 12 * hour;
        try (JudgedFolder live = new JudgedFolder(folder, evidence -> new Judge(), Samples.BASIS)) {
            UUID wifi = UUID.randomUUID();
            UUID srv = UUID.randomUUID();
            for (int i = 0; i < 8; i++) {
                String unfit = i == 3 || i == 4 ? "drops" : "";
                live.append(SRV_A, srv, i + 1, first + i * hour, "").join();
                live.append(WIFI_A, wifi, i + 1, first + i * hour, unfit).join();
                assertThat(live.closes(first + i * hour)).isTrue();
            }
        }
        Locale locale = Locale.getDefault();
        TimeZone zone = TimeZone.getDefault();
        try (JournalReading journal = JournalReading.open(DataFolder.journal(folder));
                SqliteStore live = SqliteStore.open(DataFolder.store(folder));
                SqliteStore made = SqliteStore.open(folder.resolve("made.db"))) {
            new Rebuild(journal, evidence -> new Judge(), JudgedFolder.TIMING, Samples.BASIS)
                    .run(made, journal.lastClosing(), (records, rounds) -> {});
            Period period = new Period(live.rememberedFrom().orElseThrow().minusSeconds(60), Instant.now());
            Report report = report(live, journal, period);
            assertThat(report.getVerdict()).isEqualTo("BROKEN");
            assertThat(report.getFindingsList()).isNotEmpty();
            assertThat(report.getJudgedByList()).isNotEmpty();
            Map<Format, byte[]> written = Map.of(
                    Format.HTML, Format.HTML.write(report),
                    Format.CSV, Format.CSV.write(report),
                    Format.JSON, Format.JSON.write(report));
            Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
            TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Chatham"));
            Report again = report(made, journal, period);
            for (Format format : Format.values()) {
                assertThat(format.write(again)).as(format.name()).isEqualTo(written.get(format));
            }
        } finally {
            Locale.setDefault(locale);
            TimeZone.setDefault(zone);
        }
    }

    private static Report report(SqliteStore store, JournalReading journal, Period period) throws Exception {
        PastReader reader = new PastReader(() -> DECLARED, Agreements.NONE, store, journal, Duration.ofMinutes(10));
        return Composition.of(reader.read(period, Optional.empty()));
    }
}
