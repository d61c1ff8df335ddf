package dev.plumbline.deploy.scenarios;

/**
 * One row held against what was seen under one fault.
 *
 * @param stage the fault that was made
 * @param expected whether the facts must hold under it
 */
record FactCheck(FactRow row, String stage, boolean expected, boolean held, String seen) {
    static FactCheck of(FactRow row, String stage, Sighting sighting) {
        return new FactCheck(row, stage, stage.equals(row.line()), row.holdsIn(sighting), row.seenIn(sighting));
    }

    boolean agrees() {
        return expected == held;
    }

    String text() {
        return "%-9s %-18s %-5s under %-18s %s, seen: %s"
                .formatted(
                        agrees() ? "agrees" : "DISAGREES",
                        row.line(),
                        expected ? "holds" : "not",
                        stage,
                        row.facts(),
                        seen);
    }
}
