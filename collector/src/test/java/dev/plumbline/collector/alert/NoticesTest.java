package dev.plumbline.collector.alert;

import static dev.plumbline.collector.alert.Causes.T0;
import static dev.plumbline.collector.alert.Causes.back;
import static dev.plumbline.collector.alert.Causes.closed;
import static dev.plumbline.collector.alert.Causes.finding;
import static dev.plumbline.collector.alert.Causes.open;
import static dev.plumbline.collector.alert.Causes.waived;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Severity;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NoticesTest {
    private static final Selection ALL = new Selection(Set.of(), List.of(), EnumSet.allOf(Severity.class));
    private static final QuietHours NIGHT =
            new QuietHours(ZoneId.of("UTC"), LocalTime.of(22, 0), LocalTime.of(7, 0), EnumSet.allOf(DayOfWeek.class));

    private Reception reception = new Reception(ALL, List.of(), Optional.empty());
    private final Map<String, Told> told = new TreeMap<>();
    private final Set<String> waiting = new HashSet<>();
    private final Set<String> untried = new HashSet<>();
    private Optional<Instant> quietSince = Optional.empty();
    private int room = 100;
    private int ids;

    /** Decides as of so many minutes after the beginning, and remembers as the outbox does. */
    private List<Alert> after(int minutes, List<Incident> open, List<Incident> over) {
        Instant now = T0.plus(Duration.ofMinutes(minutes));
        Notices.Decision decision = Notices.decide(
                reception,
                new Memory(told, quietSince, waiting, untried),
                open,
                over,
                Causes.writer(() -> "msg_" + ids++),
                now,
                room);
        for (Alert alert : decision.alerts()) {
            switch (alert.kind()) {
                case OPENED, CHANGED, ONGOING -> told.put(alert.finding(), new Told(alert, now));
                case RESOLVED -> told.remove(alert.finding());
                case SUMMARY, TEST -> {}
            }
        }
        decision.forgotten().forEach(told::remove);
        quietSince = decision.quietSince();
        return decision.alerts();
    }

    private static List<String> words(List<Alert> alerts) {
        return alerts.stream().map(a -> a.kind().word() + " " + a.finding()).toList();
    }

    private static Instant at(int minutes) {
        return T0.plus(Duration.ofMinutes(minutes));
    }

    @Test
    void aCauseIsToldOnceHoweverManyRoundsShowIt() {
        Incident cause = open("i1");
        List<Alert> first = after(1, List.of(cause), List.of());
        assertThat(words(first)).containsExactly("opened i1");
        assertThat(after(2, List.of(cause), List.of())).isEmpty();
        assertThat(after(600, List.of(cause), List.of())).isEmpty();
        Alert alert = first.get(0);
        assertThat(alert.key()).isEqualTo("campus/i1");
        assertThat(alert.segments()).containsExactly("wifi");
        assertThat(alert.services()).containsExactly("apns");
        assertThat(alert.since()).isEqualTo(T0);
        assertThat(alert.lines()).containsExactly("# finding i1", "tcp dport 5223 accept");
        assertThat(alert.link()).isEqualTo("https://plumbline.example/findings/i1");
    }

    @Test
    void itsEndIsToldWithTheSameKeyAndAnotherId() {
        Incident cause = open("i1");
        Alert opened = after(1, List.of(cause), List.of()).get(0);
        Alert resolved = after(30, List.of(), List.of(closed(cause, at(29)))).get(0);
        assertThat(resolved.kind()).isEqualTo(Alert.Kind.RESOLVED);
        assertThat(resolved.key()).isEqualTo(opened.key());
        assertThat(resolved.id()).isNotEqualTo(opened.id());
        assertThat(resolved.ended()).contains(at(29));
        assertThat(after(31, List.of(), List.of(closed(cause, at(29))))).isEmpty();
    }

    @Test
    void whatComesBackIsToldAgainAndSaysSo() {
        Incident cause = open("i1");
        after(1, List.of(cause), List.of());
        Incident over = closed(cause, at(10));
        after(11, List.of(), List.of(over));
        List<Alert> again = after(21, List.of(back(over, at(20))), List.of());
        assertThat(words(again)).containsExactly("opened i1");
        assertThat(again.get(0).said()).isEqualTo("It came back, once since 2026-11-21 10:00:00Z.");
        assertThat(again.get(0).since()).isEqualTo(at(20));
    }

    @Test
    void whatWasOverAndBackBeforeAnybodyLookedIsNotToldAnew() {
        Incident cause = open("i1");
        after(1, List.of(cause), List.of());
        assertThat(after(21, List.of(back(closed(cause, at(10)), at(20))), List.of()))
                .isEmpty();
    }

    @Test
    void aScopeThatMovesIsToldButNotAtEachStep() {
        Incident cause = open("i1");
        after(0, List.of(cause), List.of());
        Incident moved = Causes.with(cause, finding("wifi", "tcp.drop", "tcp/443"));
        assertThat(after(1, List.of(moved), List.of())).as("too early").isEmpty();
        assertThat(after(14, List.of(cause), List.of())).as("it moved back").isEmpty();
        List<Alert> changed = after(15, List.of(moved), List.of());
        assertThat(words(changed)).containsExactly("changed i1");
        assertThat(changed.get(0).said()).isEqualTo("Its scope moved from tcp/5223 to tcp/443.");
        assertThat(after(60, List.of(moved), List.of())).isEmpty();
    }

    @Test
    void whatIsWaivedIsNotToldAndWhatBecomesWaivedIsResolved() {
        assertThat(after(1, List.of(waived(open("i1"))), List.of())).isEmpty();
        after(2, List.of(open("i1")), List.of());
        List<Alert> resolved = after(3, List.of(waived(open("i1"))), List.of());
        assertThat(words(resolved)).containsExactly("resolved i1");
        assertThat(resolved.get(0).said()).isEqualTo("It is still there, and waived by Kim until 2026-12-31: old box.");
        assertThat(words(after(4, List.of(open("i1")), List.of())))
                .as("the waiver is over")
                .containsExactly("opened i1");
    }

    @Test
    void whatNobodyKnowsAnyMoreIsResolved() {
        after(1, List.of(open("i1")), List.of());
        List<Alert> resolved = after(2, List.of(), List.of());
        assertThat(words(resolved)).containsExactly("resolved i1");
        assertThat(resolved.get(0).said()).contains("judged otherwise");
        assertThat(resolved.get(0).cause()).isEqualTo("tcp.drop");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # places    | causes           | severities      | place | cause           | told
                        |                  | violation fault | wifi  | tcp.drop        | true
                        |                  | violation fault | site  | apple.down      | true
                        |                  | violation fault | wifi  | quality.loss    | false
                        |                  | note            | wifi  | quality.loss    | true
            wifi        |                  | violation fault | wifi  | tcp.drop        | true
            srv         |                  | violation fault | wifi  | tcp.drop        | false
            wifi        |                  | violation fault | site  | upstream.blocked | false
            wifi site   |                  | violation fault | site  | upstream.blocked | true
                        | tcp.*            | violation fault | wifi  | tcp.reset       | true
                        | tcp.*            | violation fault | wifi  | tls.stalled     | false
                        | tls.stalled      | violation fault | wifi  | tls.stalled     | true
                        | tcp.* tls.*      | fault           | wifi  | tls.stalled     | false
            """)
    void aReceiverIsToldOfWhatItAskedFor(
            String places, String causes, String severities, String place, String cause, boolean isTold) {
        Set<Severity> wanted = EnumSet.noneOf(Severity.class);
        words(severities).forEach(s -> wanted.add(Severity.valueOf(s.toUpperCase(java.util.Locale.ROOT))));
        reception = new Reception(
                new Selection(new HashSet<>(words(places)), words(causes), wanted), List.of(), Optional.empty());
        assertThat(after(1, List.of(open("i1", finding(place, cause, "tcp/5223"), T0)), List.of()))
                .hasSize(isTold ? 1 : 0);
    }

    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split(" ", -1));
    }

    @Test
    void whatIsOpenAtTheEndOfQuietHoursIsToldThenAndTheRestIsALine() {
        reception = new Reception(ALL, List.of(NIGHT), Optional.empty());
        Incident before = open("before");
        assertThat(words(after(0, List.of(before), List.of()))).containsExactly("opened before");
        Incident stays = open("stays", finding("wifi", "tls.stalled", "all"), at(13 * 60));
        Incident passes = open("passes", finding("srv", "dns.silent", "all"), at(14 * 60));
        assertThat(after(13 * 60, List.of(before, stays), List.of())).isEmpty();
        assertThat(quietSince).contains(at(13 * 60));
        assertThat(after(14 * 60, List.of(stays, passes), List.of())).isEmpty();
        assertThat(quietSince).as("since when they hold").contains(at(13 * 60));
        List<Incident> over = List.of(closed(passes, at(15 * 60)), closed(before, at(13 * 60 + 1)));
        List<Alert> morning = after(21 * 60, List.of(stays), over);
        assertThat(words(morning)).containsExactly("resolved before", "opened stays", "summary ");
        assertThat(morning.get(2).sentence())
                .isEqualTo(
                        "In the quiet hours 22:00 to 07:00 (UTC) one cause came and went; nothing needs to be done.");
        assertThat(morning.get(2).lines())
                .containsExactly("2026-11-22 00:00:00Z to 2026-11-22 01:00:00Z:"
                        + " srv: connection attempts are silently dropped (all).");
        assertThat(quietSince).isEmpty();
        assertThat(after(22 * 60, List.of(stays), over)).isEmpty();
    }

    @Test
    void aNightInWhichNothingHappenedIsNotSummedUp() {
        reception = new Reception(ALL, List.of(NIGHT), Optional.empty());
        after(13 * 60, List.of(), List.of());
        assertThat(after(21 * 60, List.of(), List.of(closed(open("i1"), at(60)))))
                .isEmpty();
        assertThat(quietSince).isEmpty();
    }

    @Test
    void aReceiverThatForgetsIsToldAgainBeforeItDoes() {
        reception = new Reception(ALL, List.of(), Optional.of(Duration.ofMinutes(1)));
        Incident cause = open("i1");
        assertThat(words(after(0, List.of(cause), List.of()))).containsExactly("opened i1");
        waiting.add("i1");
        assertThat(after(1, List.of(cause), List.of()))
                .as("the first message still waits")
                .isEmpty();
        waiting.clear();
        Incident moved = Causes.with(cause, finding("wifi", "tcp.drop", "tcp/443"));
        List<Alert> again = after(2, List.of(moved), List.of());
        assertThat(words(again)).containsExactly("ongoing i1");
        assertThat(again.get(0).scope()).isEqualTo("tcp/443");
        assertThat(after(2, List.of(moved), List.of())).isEmpty();
        assertThatThrownBy(() -> new Reception(ALL, List.of(NIGHT), Optional.of(Duration.ofMinutes(1))))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void whatFindsNoRoomIsToldWhenThereIsSomeAsItIsThen() {
        List<Incident> many = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            many.add(open("i" + i));
        }
        room = 3;
        assertThat(words(after(1, many, List.of()))).containsExactly("opened i0", "opened i1", "opened i2");
        room = 0;
        assertThat(after(2, many, List.of())).isEmpty();
        room = 3;
        assertThat(words(after(3, many.subList(1, 4), List.of(closed(many.get(0), at(2)), closed(many.get(4), at(2))))))
                .as("what opened and ended without a word is not told")
                .containsExactly("resolved i0", "opened i3");
    }

    @Test
    void aSummaryFindsRoomAlwaysSinceAllThatWaitsIsHeldForIt() {
        reception = new Reception(ALL, List.of(NIGHT), Optional.empty());
        after(13 * 60, List.of(), List.of());
        List<Incident> over =
                List.of(closed(open("i1", finding("srv", "dns.silent", "all"), at(14 * 60)), at(15 * 60)));
        room = 0;
        assertThat(words(after(21 * 60, List.of(), over))).containsExactly("summary ");
        assertThat(quietSince).isEmpty();
    }

    /** It was due at 21:59 and held at 22:00; at midnight it was over. */
    @Test
    void whatQuietHoursHeldBackAndEndedInThemIsALineOfTheSummary() {
        reception = new Reception(ALL, List.of(NIGHT), Optional.empty());
        Incident held = open("held", finding("srv", "dns.silent", "all"), at(12 * 60 - 1));
        Incident sent = open("sent", finding("wifi", "tcp.drop", "all"), at(12 * 60 - 1));
        assertThat(words(after(12 * 60 - 1, List.of(held, sent), List.of()))).hasSize(2);
        after(12 * 60, List.of(held, sent), List.of());
        untried.add("held");
        waiting.add("held");
        room = 1;
        List<Incident> over = List.of(closed(sent, at(14 * 60)), closed(held, at(14 * 60)));
        List<Alert> morning = after(21 * 60, List.of(), over);
        assertThat(words(morning))
                .as("the end of what was never sent needs no room: both are withdrawn")
                .containsExactlyInAnyOrder("resolved held", "resolved sent", "summary ");
        assertThat(morning.get(2).lines()).singleElement().asString().contains("srv: ");
    }

    @Test
    void whatMovesWhileAMessageWaitsIsToldAfterThatOnce() {
        Incident cause = open("i1");
        after(0, List.of(cause), List.of());
        waiting.add("i1");
        for (int minutes = 15; minutes < 600; minutes += 15) {
            String scope = "tcp/" + minutes;
            assertThat(after(minutes, List.of(Causes.with(cause, finding("wifi", "tcp.drop", scope))), List.of()))
                    .isEmpty();
        }
        waiting.clear();
        List<Alert> changed =
                after(600, List.of(Causes.with(cause, finding("wifi", "tcp.drop", "tcp/443"))), List.of());
        assertThat(words(changed)).containsExactly("changed i1");
        assertThat(changed.get(0).said()).isEqualTo("Its scope moved from tcp/5223 to tcp/443.");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # refused | minutes ago | now                | told
            opened    | 59          | open               |
            opened    | 60          | open               | opened i1
            opened    | 59          | moved              |
            opened    | 1           | over               |
            opened    | 60          | over               |
            opened    | 1           | waived             |
            changed   | 59          | moved              |
            changed   | 60          | moved              | changed i1
            changed   | 1           | over               | resolved i1
            resolved  | 59          | over               |
            resolved  | 60          | over               | resolved i1
            resolved  | 1           | open               |
            resolved  | 1           | moved              | changed i1
            """)
    void whatWasRefusedIsTriedOnceAnHourAndWhatWasNeverHeardHasNoEnd(
            String refused, int minutes, String state, String due) {
        Incident cause = open("i1");
        Alert last = after(0, List.of(cause), List.of()).get(0);
        Alert.Kind kind = Alert.Kind.valueOf(refused.toUpperCase(java.util.Locale.ROOT));
        told.put("i1", new Told(last, T0, Optional.of(new Told.Refusal(kind, at(600 - minutes)))));
        Incident moved = Causes.with(cause, finding("wifi", "tcp.drop", "tcp/443"));
        List<Incident> open = switch (state) {
            case "open" -> List.of(cause);
            case "moved" -> List.of(moved);
            case "waived" -> List.of(waived(cause));
            default -> List.of();
        };
        List<Incident> over = state.equals("over") ? List.of(closed(cause, at(599))) : List.of();
        assertThat(words(after(600, open, over))).isEqualTo(due == null ? List.of() : List.of(due));
        assertThat(told.containsKey("i1"))
                .as("what was never heard and is over is remembered no longer")
                .isEqualTo(
                        kind == Alert.Kind.OPENED
                                ? state.equals("open") || state.equals("moved")
                                : !"resolved i1".equals(due));
    }

    @Test
    void theWorstIsToldFirst() {
        assertThat(words(after(
                        1,
                        List.of(
                                open("note", finding("wifi", "quality.loss", "all"), T0),
                                open("fault", finding("site", "clock.wrong", "all"), T0),
                                open("late", finding("wifi", "tls.stalled", "all"), at(1)),
                                open("early", finding("wifi", "tcp.drop", "all"), T0)),
                        List.of())))
                .containsExactly("opened early", "opened late", "opened fault", "opened note");
    }
}
