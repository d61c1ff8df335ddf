package dev.plumbline.collector.web;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.Utf8ByteOutput;
import java.util.Map;

/** Pages of templates, which lie in {@code src/main/jte/web}; what they show is escaped by its place in the page. */
final class Html {
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);

    private Html() {}

    static byte[] of(String template, Map<String, Object> parameters) {
        Utf8ByteOutput page = new Utf8ByteOutput();
        ENGINE.render("web/" + template + ".jte", parameters, page);
        return page.toByteArray();
    }
}
