package dev.plumbline.collector.store;

import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.Finding;
import dev.plumbline.collector.finding.Incident;
import dev.plumbline.collector.finding.Requirement;
import dev.plumbline.collector.finding.Seen;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.Sha256;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Names what makes a verdict another one, so that its history has a row for each change and none for each round. Left out is
 * what differs from round to round while nothing has changed: addresses of pools, times, witnesses, numbers in sentences.
 */
public final class Face {
    private static final int DIGITS = 16;

    /** Whoever answers from nearer than that is no server on the Internet. */
    private static final int NEAR = 3;

    /** Of a cell: the verdict, how near, how long. */
    private static final int PARTS = 3;

    private static final String[] UNKNOWN = {"", "", ""};

    private Face() {}

    /**
     * How near somebody answers and how long a quiet connection stands is not measured in every round: what was not is taken to
     * be as it was.
     *
     * @param before the latest face that the cell had
     */
    static String of(Cell cell, Optional<String> before) {
        String[] parts =
                before.map(b -> b.split(" ", -1)).filter(p -> p.length == PARTS).orElse(UNKNOWN);
        Seen seen = cell.seen();
        String near = seen.hopsLeast() == 0 ? parts[1] : String.valueOf(seen.hopsLeast() <= NEAR);
        Seen.Idle idle = seen.idle();
        String quiet = idle.equals(Seen.Idle.NOT_HELD)
                ? parts[2]
                : doubling(idle.stood().toSeconds()) + "/"
                        + doubling(idle.ended().toSeconds()) + "/" + idle.how();
        return String.join(" ", verdict(cell), near, quiet);
    }

    private static String verdict(Cell cell) {
        Seen seen = cell.seen();
        // What works is shown by many servers' certificates and addresses in turn.
        boolean works = cell.state() == State.OK;
        return name(
                // Only what is first known of a cell may be unconfirmed.
                cell.soft() ? cell.state() + " unconfirmed" : cell.state(),
                cell.required(),
                works ? "" : words(cell.because()),
                works ? List.of() : seen.issuers(),
                works ? seen.answers().stream().filter(Face::isNotPublic).toList() : seen.answers());
    }

    private static boolean isNotPublic(String answer) {
        return !answer.equals(Seen.APPLE) && !answer.equals(Seen.ELSEWHERE);
    }

    /** Ages grow as connections are held longer: told anew when they have doubled. */
    private static int doubling(long seconds) {
        return Long.SIZE - Long.numberOfLeadingZeros(seconds);
    }

    static String of(List<Requirement> requirements) {
        return name(requirements.stream()
                .map(r -> List.of(r.id(), r.verdict(), r.waived(), r.stillWorks(), words(r.because())))
                .toList());
    }

    static String of(Incident incident) {
        Finding finding = incident.finding();
        return name(
                incident.isOpen(),
                incident.reopened(),
                incident.flapping(),
                finding.place(),
                finding.mechanism(),
                finding.scope(),
                finding.targets(),
                finding.excuse().map(e -> e.kind() + " " + e.said()).orElse(""),
                words(finding.sentence()),
                incident.history());
    }

    /** What a sentence says beside its numbers: until when somebody answers for it is none that differs from round to round. */
    public static String words(String sentence) {
        String[] words = sentence.split(" ", -1);
        return IntStream.range(0, words.length)
                .filter(i -> words[i].chars().noneMatch(Character::isDigit) || (i > 0 && words[i - 1].equals("until")))
                .mapToObj(i -> words[i])
                .collect(Collectors.joining(" "));
    }

    private static String name(Object... parts) {
        return Sha256.of(Arrays.asList(parts).toString().getBytes(StandardCharsets.UTF_8))
                .hex()
                .substring(0, DIGITS);
    }
}
