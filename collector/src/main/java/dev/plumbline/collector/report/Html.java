package dev.plumbline.collector.report;

import dev.plumbline.v1.Report;
import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import gg.jte.output.Utf8ByteOutput;
import java.util.Map;

/** A report as one page. Templates lie in {@code src/main/jte/report}; what they show is escaped by its place in the page. */
final class Html {
    private static final TemplateEngine ENGINE = TemplateEngine.createPrecompiled(ContentType.Html);
    private static final Sheet SHEET = new Sheet(style());

    private Html() {}

    static String style() {
        StringOutput style = new StringOutput();
        ENGINE.render("report/style.jte", Map.of(), style);
        return style.toString();
    }

    static byte[] of(Report report) {
        Utf8ByteOutput page = new Utf8ByteOutput();
        ENGINE.render("report/report.jte", Map.of("report", report, "sheet", SHEET), page);
        return page.toByteArray();
    }
}
