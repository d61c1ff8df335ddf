package dev.plumbline.collector.web;

import java.util.Map;

/**
 * What a page shows.
 *
 * @param current which entry of the menu it belongs to
 * @param template in {@code src/main/jte/web}, without its ending
 * @param isLive whether it asks for what becomes otherwise
 */
record Shown(String title, String current, String template, boolean isLive, Map<String, Object> model) {
    Shown {
        model = Map.copyOf(model);
    }
}
