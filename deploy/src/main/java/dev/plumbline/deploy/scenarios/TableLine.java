package dev.plumbline.deploy.scenarios;

import java.util.List;

/**
 * One line of the table. What it expects stays unread text until somebody asks, and nobody may ask before the verdict is
 * in.
 */
record TableLine(String id, List<Setting> settings, String expectedText, String where) {
    TableLine {
        settings = List.copyOf(settings);
    }

    /**
     * @throws IllegalArgumentException with file, line and what would be right
     */
    List<Claim> expected() {
        try {
            return Claim.parseAll(expectedText);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }
}
