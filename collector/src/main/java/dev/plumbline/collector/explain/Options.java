package dev.plumbline.collector.explain;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Everything that somebody could have written to prevent some of the failing points and none of the passing ones: a port, a
 * family, a name, a block or everything, narrowed by more of these, and with exceptions where a few pass.
 */
final class Options {
    private final Ground ground;
    private final Terrain terrain;
    private final Exceptions exceptions;
    private final List<Word> families;
    private final List<Word> catalogBlocks;
    private final Map<Points, Option> shortest = new HashMap<>();

    /** The shortest of each set of points: it needs the same exceptions as the longer ones. */
    private final Map<Points, Draft> contradicted = new HashMap<>();

    /** Bits of a description that is known: what takes more alone is in no shortest one. */
    private double limit = Double.MAX_VALUE;

    private Options(Ground ground) {
        this.ground = ground;
        this.terrain = ground.terrain();
        this.families = List.of(terrain.word("ipv4"), terrain.word("ipv6"));
        this.catalogBlocks = CatalogBlocks.WORDS.stream().map(terrain::word).toList();
        this.exceptions = new Exceptions(ground, catalogBlocks);
    }

    /** Of those that cover the same points the shortest only. */
    static List<Option> of(Ground ground) {
        Options options = new Options(ground);
        Terrain terrain = ground.terrain();
        List<Word> subjects = new ArrayList<>(List.of(terrain.word("all")));
        subjects.addAll(terrain.ports(ground.failing()));
        List<Draft> open = new ArrayList<>();
        subjects.forEach(word -> options.subject(word, open));
        terrain.names(ground.failing()).forEach(word -> options.name(word, open));
        options.tighten();
        open.forEach(options::inBlocks);
        options.tighten();
        options.contradicted.values().forEach(options::withExceptions);
        return List.copyOf(options.shortest.values());
    }

    private void tighten() {
        limit = GreedyCover.of(shortest.values(), ground.failing()).bits();
    }

    private void subject(Word word, List<Draft> open) {
        Draft draft = Draft.of(word);
        if (offer(draft)) {
            return;
        }
        open.add(draft);
        boolean all = word.text().equals("all");
        for (Word family : families) {
            offer(all ? Draft.of(family) : draft.at(family));
        }
        Draft atApple = draft.at(terrain.word("apple"));
        offer(atApple);
        families.forEach(family -> offer(atApple.at(family)));
        catalogBlocks.forEach(block -> offer(draft.at(block)));
        if (!all) {
            for (Word name : terrain.names(ground.failing(draft.points()))) {
                offer(draft.at(name));
            }
        }
    }

    private void name(Word word, List<Draft> open) {
        Draft draft = Draft.of(word);
        if (!offer(draft)) {
            open.add(draft);
            families.forEach(family -> offer(draft.at(family)));
        }
    }

    private void inBlocks(Draft draft) {
        if (draft.bits() + Bits.LEAST_BLOCK < limit) {
            Points failing = ground.failing(draft.points());
            BlocksInData.of(terrain.addresses(), failing, ground.passing(draft.points()))
                    .forEach(block -> offer(draft.at(block)));
        }
    }

    private void withExceptions(Draft draft) {
        if (draft.bits() + Bits.LEAST_EXCEPTION < limit) {
            exceptions.of(draft, limit).ifPresent(this::take);
        }
    }

    /** Takes it when it contradicts nothing, else keeps it for exceptions; false when it meets what it must not. */
    private boolean offer(Draft draft) {
        if (!ground.fails(draft.points())) {
            return true;
        }
        if (draft.broad() && ground.meetsBystanders(draft.points())) {
            return false;
        }
        if (ground.passes(draft.points())) {
            contradicted.merge(draft.points(), draft, Draft::shorter);
            return false;
        }
        take(draft);
        return true;
    }

    private void take(Draft draft) {
        Points covers = ground.failing(draft.points());
        shortest.merge(covers, new Option(draft.text(), draft.bits(), covers), Option::shorter);
    }
}
