package dev.plumbline.catalog;

import dev.plumbline.config.ConfigException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The catalog files that come with the program. */
final class BuiltIn {
    private static final String FOLDER = "/plumbline/catalog/";
    /** Oldest first. */
    static final List<String> EDITIONS =
            List.of("rummel-2013", "jamf-apns", "ht210060-2019", "ht210060-2022", "plumbline-2026");

    private BuiltIn() {}

    static Draft read() throws ConfigException {
        List<String> problems = new ArrayList<>();
        Draft draft = new Draft();
        for (String id : EDITIONS) {
            String file = "editions/" + id + ".tsv";
            EditionReader.Content content = EditionReader.read(file, text(file), problems);
            draft.editions.add(content.edition());
            draft.rows.addAll(content.rows());
        }
        TargetReader.read("targets.tsv", text("targets.tsv"), problems).forEach(draft::add);
        if (!problems.isEmpty()) {
            throw new ConfigException(problems);
        }
        draft.anchors = StandardAnchors.read();
        return draft;
    }

    private static String text(String file) {
        try (InputStream in = BuiltIn.class.getResourceAsStream(FOLDER + file)) {
            if (in == null) {
                throw new IllegalStateException("the program lacks its own file " + FOLDER + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
