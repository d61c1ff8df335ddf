package dev.plumbline.catalog;

import dev.plumbline.catalog.expectation.TrustAnchors;
import dev.plumbline.config.ConfigException;
import dev.plumbline.config.ConfigFile;
import dev.plumbline.config.Durations;
import dev.plumbline.config.Section;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Changes a catalog by overlay files (YAML). Keys: {@code anchors} (identity class to PEM files, in place of the standard
 * anchors of the class), {@code minimum-interval} (of every target), {@code targets} (a list: {@code id} and what is to be
 * another; {@code add: true} for a new one).
 */
final class Overlays {
    private Overlays() {}

    static Catalog apply(Draft draft, List<Path> overlays) throws ConfigException {
        List<String> problems = new ArrayList<>();
        for (Path overlay : overlays) {
            try {
                apply(draft, ConfigFile.read(overlay), overlay);
            } catch (ConfigException e) {
                problems.addAll(e.problems());
            }
        }
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        draft.anchors = StandardAnchors.fillIn(draft.anchors);
        return draft.finish();
    }

    private static void apply(Draft draft, ConfigFile file, Path overlay) throws ConfigException {
        Section root = file.root();
        draft.anchors = anchors(draft.anchors, root.section("anchors"));
        Optional<Duration> interval =
                root.valueOr("minimum-interval", s -> Optional.of(Durations.parse(s)), Optional.empty());
        interval.ifPresent(i -> draft.targets.replaceAll((id, t) -> t.every(i)));
        for (Section section : root.sections("targets")) {
            target(draft, section, overlay, interval.orElse(Duration.ZERO));
        }
        file.finish();
    }

    private static TrustAnchors anchors(TrustAnchors before, Section section) {
        TrustAnchors after = before;
        for (IdentityClass identity :
                List.of(IdentityClass.APPLE_PRIVATE, IdentityClass.PUBLIC, IdentityClass.ORGANISATION)) {
            String key = Words.of(identity);
            boolean given = section.has(key);
            List<X509Certificate> certificates = new ArrayList<>();
            // Relative paths are meant from the overlay's folder, which the section resolves one by one.
            section.paths(key).forEach(p -> {
                try {
                    certificates.addAll(PemFile.certificates(p));
                } catch (IllegalArgumentException e) {
                    section.problem(key, String.valueOf(e.getMessage()));
                }
            });
            if (given) {
                after = after.with(identity, certificates);
            }
        }
        return after;
    }

    private static void target(Draft draft, Section section, Path overlay, Duration interval) {
        String id = section.text("id");
        boolean add = section.flag("add", false);
        Target before = draft.targets.get(id);
        if (add && before != null) {
            section.problem("id", "target " + id + " exists already; leave out 'add' to change it");
            OverlayTarget.askAll(section);
        } else if (add) {
            RowRef source = new RowRef(RowRef.OVERLAY, section.line("id"), overlay.getFileName() + ": " + id);
            OverlayTarget.added(section, id, source, interval).ifPresent(t -> draft.targets.put(id, t));
        } else if (before != null) {
            OverlayTarget.changed(section, before).ifPresent(t -> draft.targets.put(id, t));
        } else {
            if (section.has("id")) {
                section.problem(
                        "id",
                        "there is no target '" + id + "'; " + near(draft, id)
                                + " (write 'add: true' for a new target)");
            }
            OverlayTarget.askAll(section);
        }
    }

    private static String near(Draft draft, String id) {
        List<String> near = NearWords.of(id, draft.targets.keySet());
        return near.isEmpty()
                ? "'plumbline catalog targets' lists those that exist"
                : "near are " + String.join(", ", near);
    }
}
