package dev.plumbline.agent.cli;

import dev.plumbline.agent.net.HopAnswer;
import dev.plumbline.agent.net.PortPath;
import dev.plumbline.words.WhoAnswered;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/** A path drawn in text: one line for each TTL, one column for each port; at most 100 columns. */
final class PathTable {
    private static final int WIDTH = 100;
    private static final int LABEL = 17;
    private static final int COLUMN = 14;

    private PathTable() {}

    static void write(String host, String address, List<PortPath> paths, PrintWriter out) {
        wrapped("Who answers for " + host + (host.equals(address) ? "" : " at " + address)
                        + ". The routers' own addresses cannot be seen without privilege.")
                .forEach(out::println);
        out.println();
        out.println(line("TTL", paths, path -> "port " + path.port()));
        int most = paths.stream().mapToInt(path -> path.hops().size()).max().orElse(0);
        for (int hop = 0; hop < most; hop++) {
            int here = hop;
            out.println(line(Integer.toString(hop + 1), paths, path -> cell(path, here)));
            if (paths.stream()
                    .allMatch(path -> isAnswered(path, here) || path.hops().size() <= here + 1)) {
                break;
            }
        }
        out.println(line("usual", paths, path -> word(path.answer())));
        out.println();
        out.println(line("answered at hop", paths, PathTable::hop));
        out.println(line("arriving TTL", paths, PathTable::ttl));
        out.println(line("milliseconds", paths, PathTable::millis));
        out.println();
        wrapped(PathMeaning.of(host, paths)).forEach(out::println);
    }

    private static boolean isAnswered(PortPath path, int hop) {
        return path.answeringHop().isPresent() && path.answeringHop().getAsInt() <= hop + 1;
    }

    private static String cell(PortPath path, int hop) {
        boolean known = hop < path.hops().size();
        boolean before = hop > 0 && isAnswered(path, hop - 1);
        return !known || before ? "" : word(path.hops().get(hop));
    }

    static String word(HopAnswer answer) {
        return switch (answer) {
            case ACCEPTED -> "accepted";
            case RESET -> "reset";
            case ROUTER -> "router";
            case SILENCE -> "silence";
            case NOT_ASKED -> "not asked";
        };
    }

    private static String hop(PortPath path) {
        return path.answeringHop().isPresent()
                ? Integer.toString(path.answeringHop().getAsInt())
                : "-";
    }

    private static String ttl(PortPath path) {
        if (!path.answer().isTcp()) {
            return "-";
        }
        return path.arrivingTtl() == WhoAnswered.NOT_MEASURED ? "not measured" : Integer.toString(path.arrivingTtl());
    }

    private static String millis(PortPath path) {
        return path.answer().isTcp()
                ? String.format(Locale.ROOT, "%.2f", path.roundTrip().toNanos() / 1e6)
                : "-";
    }

    private static String line(String label, List<PortPath> paths, Function<PortPath, String> cell) {
        StringBuilder text = new StringBuilder(pad(label, LABEL));
        paths.forEach(path -> text.append(pad(cell.apply(path), COLUMN)));
        return text.toString().stripTrailing();
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(Math.max(1, width - text.length()));
    }

    static List<String> wrapped(String sentence) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : sentence.split(" ", -1)) {
            if (line.length() > 0 && line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
