package dev.plumbline.catalog.allowlist;

import dev.plumbline.catalog.Row;
import dev.plumbline.catalog.Words;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Every row with all that is known of it, for spreadsheets and for tools of one's own (RFC 4180). */
final class CsvTable {
    private CsvTable() {}

    static void write(Draft draft) {
        Addressed addressed = new Addressed(draft.list);
        draft.line("host,transport,port,edition,line,section,os,proxies,description,blocks");
        for (Pass pass : draft.list.passes()) {
            String blocks = addressed
                    .blocks(pass)
                    .map(all -> all.stream().map(String::valueOf).collect(Collectors.joining(" ")))
                    .orElse("");
            List<String> begin = List.of(pass.host(), pass.transport().word(), String.valueOf(pass.port()));
            if (pass.rows().isEmpty()) {
                line(draft, begin, Stream.of("overlay", "", "", "", "", "", blocks));
            }
            for (Row row : pass.rows()) {
                line(
                        draft,
                        begin,
                        Stream.of(
                                row.edition(),
                                row.line() == 0 ? "" : String.valueOf(row.line()),
                                row.section(),
                                row.os(),
                                Words.of(row.proxy()),
                                row.description(),
                                blocks));
            }
        }
    }

    private static void line(Draft draft, List<String> begin, Stream<String> rest) {
        draft.line(Stream.concat(begin.stream(), rest).map(CsvTable::cell).collect(Collectors.joining(",")));
    }

    /** A text that a spreadsheet would take for a formula is kept one. */
    private static String cell(String text) {
        String plain = text.length() > 1 && "=+-@".indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
        return plain.matches("[^\",\\r\\n]*") ? plain : '"' + plain.replace("\"", "\"\"") + '"';
    }
}
