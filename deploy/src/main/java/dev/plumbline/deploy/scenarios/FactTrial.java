package dev.plumbline.deploy.scenarios;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Plays one fault on one segment and asks the agent's own programs there what they see. */
record FactTrial(Lab lab, Product product, Table faults, FactTable table, String pin) {
    /** Couriers and the helper, at an age that passes every firewall of the lab and at one that a forgetful one does not. */
    private static final List<String> HELD = List.of("1-courier.push.apple.com", HelperInLab.ADDRESS);

    private static final List<String> AGES = List.of("10s", "30s");

    List<FactCheck> play(FactTable.Stage stage) throws Trouble {
        List<FactRow> rows = table.of(stage);
        lab.reset();
        for (Setting setting : settings(stage)) {
            lab.set(setting);
        }
        Sighting sighting = new Sighting(probe(stage.segment(), rows), holds(stage.segment(), rows));
        return rows.stream()
                .map(row -> FactCheck.of(row, stage.line(), sighting))
                .toList();
    }

    /** A look-alike is made where the row looks, whatever segment its own line names. */
    private List<Setting> settings(FactTable.Stage stage) {
        return faults.lines().stream()
                .filter(line -> line.id().equals(stage.line()))
                .flatMap(line -> line.settings().stream())
                .map(setting -> isSegment(setting.place()) ? setting.at(stage.segment()) : setting)
                .toList();
    }

    private static boolean isSegment(String place) {
        return Campus.SEGMENTS.stream().anyMatch(segment -> segment.id().equals(place));
    }

    private JsonNode probe(String segment, List<FactRow> rows) throws Trouble {
        Set<String> targets = new LinkedHashSet<>();
        rows.forEach(row -> row.terms().stream().filter(FactTerm::isOfTarget).forEach(t -> targets.add(t.target())));
        boolean environment = rows.stream()
                .flatMap(row -> row.terms().stream())
                .anyMatch(term -> term.subject().equals(FactTerm.ENVIRONMENT));
        if (targets.isEmpty() && !environment) {
            return Sighting.NOTHING;
        }
        if (targets.isEmpty()) {
            targets.add("www.example.com:443");
        }
        List<String> words = new ArrayList<>(List.of("probe", "--json"));
        words.addAll(List.of("--helper", String.join(",", HelperInLab.echoes()), "--helper-pin", pin));
        words.addAll(List.of("--catalog-overlay", product.folder().overlay().toString()));
        words.addAll(targets);
        return Sighting.read("plumbline-agent probe", product.askAgent(segment, words));
    }

    private JsonNode holds(String segment, List<FactRow> rows) throws Trouble {
        Optional<FactTerm> held = rows.stream()
                .flatMap(row -> row.terms().stream())
                .filter(term -> term.subject().equals(FactTerm.HOLD))
                .findFirst();
        if (held.isEmpty()) {
            return Sighting.NOTHING;
        }
        List<String> words =
                new ArrayList<>(List.of("hold", "--json", "--age", String.join(",", AGES), "--port", "5223"));
        words.addAll(HELD);
        return Sighting.read("plumbline-agent hold", product.askAgent(segment, words));
    }
}
