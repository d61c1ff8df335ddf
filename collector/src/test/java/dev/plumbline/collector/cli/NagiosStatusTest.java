package dev.plumbline.collector.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.plumbline.v1.Cell;
import dev.plumbline.v1.Finding;
import dev.plumbline.v1.Requirement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class NagiosStatusTest {
    private static List<String> words(String text) {
        return text == null ? List.of() : List.of(text.split(" ", -1));
    }

    /** {@code target=STATE}, {@code ~} for one look alone, {@code ?} for one that is not required. */
    private static List<Cell> cells(String text) {
        List<Cell> cells = new ArrayList<>();
        for (String word : words(text)) {
            String[] parts = word.split("=", -1);
            cells.add(Cell.newBuilder()
                    .setSegment("guest")
                    .setTargetId(parts[0].replaceAll("[~?]", ""))
                    .setService(parts[0].startsWith("time") ? "time" : "apns")
                    .setState(parts[1])
                    .setBecause("because of " + parts[1])
                    .setSoft(parts[0].endsWith("~"))
                    .setRequired(!parts[0].endsWith("?"))
                    .setLatencyMicros(34_500)
                    .build());
        }
        return cells;
    }

    /** {@code severity@place:target}, {@code !} for an excused one. */
    private static List<Finding> findings(String text) {
        List<Finding> findings = new ArrayList<>();
        for (String word : words(text)) {
            String[] parts = word.replace("!", "").split("[@:]", -1);
            Finding.Builder finding = Finding.newBuilder()
                    .setId("f" + findings.size())
                    .setSeverity(parts[0])
                    .setPlace(parts[1])
                    .setSentence(parts[1] + ": it is " + parts[0] + ".")
                    .setExcuse(word.endsWith("!") ? "WAIVED" : "");
            if (parts.length > 2) {
                finding.addTargetIds(parts[2]);
            }
            findings.add(finding.build());
        }
        return findings;
    }

    private static List<Requirement> requirements(String text) {
        return words(text).stream()
                .map(w -> Requirement.newBuilder()
                        .setId("rule-" + w)
                        .setVerdict(w)
                        .build())
                .toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            # service | cells                    | findings                    | rules            | code | text
                      | push=OK web=OK           |                             | MET MET          | 0    | OK - guest: 2 of 2 required targets pass
                      | push=OK web?=BLOCKED     |                             | MET              | 0    | OK - guest: 1 of 1 required targets pass
                      | push~=BLOCKED web=OK     |                             | MET              | 0    | OK - guest: 1 of 2 required targets pass
                      | push=WAIVED web=OK       | violation@guest:push!       | MET              | 0    | 1 excused causes left out
                      | push=BLOCKED web=OK      | violation@guest:push        | BROKEN           | 2    | CRITICAL - guest: guest: it is violation.
                      | push=BLOCKED web=BLOCKED |                             | MET              | 2    | push is BLOCKED: because of BLOCKED (and 1 more targets)
                      | push=OK                  | violation@site:push         | MET              | 2    | CRITICAL - guest: site: it is violation.
                      | push=OK                  | violation@srv:push          | MET              | 0    | OK
                      | push=OK                  |                             | BROKEN           | 2    | broken: rule-BROKEN
                      | push=OK                  | violation@guest:push violation@guest:web | MET | 2    | (and 1 more causes)
                      | push=OK                  | fault@guest                 | MET              | 1    | WARNING - guest: guest: it is fault.
                      | push=DOWN                | fault@apple:push            | MET              | 1    | WARNING - guest: apple: it is fault.
                      | push=FLAPPING            |                             | MET              | 1    | push is FLAPPING
                      | push=OK                  | note@guest                  | MET              | 0    | OK
                      | push=OK                  |                             | MET INSUFFICIENT | 3    | not known to be met: rule-INSUFFICIENT
                      | push=INSUFFICIENT web=NOT_YET_RUN | violation@guest:push | BROKEN         | 3    | UNKNOWN - guest: because of INSUFFICIENT
                      |                          |                             |                  | 3    | nothing is asked of this segment
            time      | push=BLOCKED time=OK     | violation@guest:push        | BROKEN           | 0    | OK - guest time: 1 of 1
            apns      | push=BLOCKED time=OK     | violation@guest:push        | BROKEN           | 2    | CRITICAL - guest apns
            time      | push=OK time=INSUFFICIENT |                            | MET              | 3    | because of INSUFFICIENT
            time      | push=OK time=OK          | violation@guest             | MET              | 2    | CRITICAL
            maps      | push=OK time=OK          |                             | MET              | 3    | no target of service 'maps' is asked of guest; there are apns, time
            """)
    void theWorstThatIsKnownDecides(
            String service, String cells, String findings, String rules, int code, String text) {
        NagiosStatus status = NagiosStatus.of(
                "guest", service == null ? "" : service, cells(cells), findings(findings), requirements(rules));
        assertThat(status.line()).contains(text);
        assertThat(status.code()).isEqualTo(code);
        assertThat(status.line())
                .matches("PLUMBLINE (OK|WARNING|CRITICAL|UNKNOWN) - [^|\\p{Cntrl}]+(\\|[^|\\p{Cntrl}]+)?");
    }

    @Test
    void theNumbersAreThoseOfTheGuidelines() {
        NagiosStatus status = NagiosStatus.of(
                "guest",
                "",
                cells("push=OK web=BLOCKED time=INSUFFICIENT"),
                findings("violation@guest:web"),
                List.of());
        String numbers = status.line().substring(status.line().indexOf('|') + 1);
        assertThat(numbers)
                .isEqualTo(
                        "ok=1;;;0;3 broken=1;;0;0;3 unknown=1;;;0;3 violations=1;;0;0; faults=0;0;;0; latency_max=0.034500s;;;0;");
        assertThat(numbers.split(" ", -1)).allMatch(n -> n.matches("[a-z_]+=[0-9.]+(s|)(;[0-9.]*){4}"));
    }

    @Test
    void whatComesFromTheWireEndsNeitherTheTextNorTheLine() {
        Finding hostile = Finding.newBuilder()
                .setId("f")
                .setSeverity("violation")
                .setPlace("guest")
                .setSentence("a|b\r\nc\u0000d" + "x".repeat(5_000))
                .build();
        NagiosStatus status = NagiosStatus.of("guest", "", cells("push=OK"), List.of(hostile), List.of());
        assertThat(status.line())
                .startsWith("PLUMBLINE CRITICAL - guest: a/b??c?dxxx")
                .hasSizeLessThan(1_000)
                .matches("[^|\\p{Cntrl}]+\\|[^|\\p{Cntrl}]+");
    }
}
