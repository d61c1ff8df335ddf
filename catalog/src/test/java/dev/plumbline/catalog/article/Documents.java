package dev.plumbline.catalog.article;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;

/**
 * The documents that are imported in tests. {@code printed-2019.txt} and {@code printed-2022.txt} hold the tables of two prints of Apple's
 * article line by line as they were printed, broken as they are; of the text around them stand the words that tell the sections.
 */
final class Documents {
    private Documents() {}

    static String named(String name) {
        try (InputStream in = Documents.class.getResourceAsStream("/plumbline/catalog/article/" + name)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    static Given given(String id, String date) {
        return new Given(Optional.of(id), Optional.of(date), Optional.empty(), Optional.empty(), Map.of());
    }
}
