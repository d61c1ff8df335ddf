package dev.plumbline.deploy.here;

import dev.plumbline.catalog.Target;
import dev.plumbline.collector.finding.Cell;
import dev.plumbline.collector.finding.State;
import dev.plumbline.words.SkipReason;
import dev.plumbline.words.TargetId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What was proved of each target, by what kind of probe, in lines of a given width. Pure. */
final class HostTable {
    private HostTable() {}

    static List<String> of(HostReport report, int width) {
        Map<TargetId, Cell> cells = new HashMap<>();
        report.verdict().cells().forEach(c -> cells.put(c.target(), c));
        Map<TargetId, SkipReason> skipped = new HashMap<>();
        report.skipped().forEach((reason, ids) -> ids.forEach(id -> skipped.put(id, reason)));
        int name = report.targets().stream()
                .mapToInt(t -> t.id().value().length())
                .max()
                .orElse(0);
        String row = "%-" + Math.max(name, "TARGET".length()) + "s  %-12s  ";
        List<String> lines = new ArrayList<>();
        lines.add(String.format(Locale.ROOT, row, "TARGET", "KIND") + "PROVED");
        int proved = 0;
        for (Target target : report.targets()) {
            Cell cell = cells.get(target.id());
            SkipReason reason = skipped.get(target.id());
            String words;
            if (reason != null) {
                words = "NOT MEASURED: " + HostText.why(reason);
            } else if (cell == null) {
                words = "NOT MEASURED";
            } else {
                words = (cell.state() == State.OK ? "" : cell.state() + ": ") + HostText.shortened(cell.because());
                proved += cell.state() == State.OK ? 1 : 0;
            }
            lines.addAll(HostText.said(
                    String.format(Locale.ROOT, row, target.id(), target.probe().word()), words, width));
        }
        lines.add(proved + " of " + report.targets().size() + " targets proved");
        return lines;
    }
}
