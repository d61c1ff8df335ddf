package dev.plumbline.catalog.article;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.parser.Parser;
import org.jsoup.select.Elements;
import org.jsoup.select.NodeFilter;
import org.jsoup.select.NodeTraversor;

/** An article as a page that a browser saved. Lines are those of the page's source. */
final class PrintedPage implements NodeFilter {
    /** More than any cell of the article spans; what is larger is somebody's joke. */
    private static final int MOST_SPANNED = 100;

    private static final int LONGEST_HEADING = 200;

    private final Collected article = new Collected();
    private final StringBuilder paragraph = new StringBuilder();
    private int begun;

    Article read(String document) {
        Document page = Jsoup.parse(document, "", Parser.htmlParser().setTrackPosition(true));
        page.select("script, style, noscript, template, nav").remove();
        page.select("link[rel=canonical]").forEach(own -> article.add(new Piece.Prose(line(own), own.attr("href"))));
        page.body().filter(this);
        endParagraph();
        return article.finish();
    }

    @Override
    public FilterResult head(Node node, int depth) {
        if (node instanceof TextNode text) {
            if (paragraph.length() == 0) {
                begun = line(node);
            }
            paragraph.append(text.text());
            return FilterResult.CONTINUE;
        }
        if (!(node instanceof Element element)) {
            return FilterResult.CONTINUE;
        }
        if (element.isBlock() || element.normalName().equals("br")) {
            endParagraph();
        }
        String tag = element.normalName();
        if (tag.matches("h[1-6]")) {
            heading(element, tag);
            return FilterResult.SKIP_ENTIRELY;
        }
        // A table around tables is there for the page's looks.
        if (tag.equals("table") && !holdsTable(element)) {
            table(element);
            return FilterResult.SKIP_ENTIRELY;
        }
        return FilterResult.CONTINUE;
    }

    @Override
    public FilterResult tail(Node node, int depth) {
        if (node instanceof Element element && element.isBlock()) {
            endParagraph();
        }
        return FilterResult.CONTINUE;
    }

    private void endParagraph() {
        String text = Lettering.plain(paragraph.toString());
        paragraph.setLength(0);
        if (!text.isEmpty()) {
            article.add(new Piece.Prose(begun, text));
        }
    }

    private static boolean holdsTable(Element table) {
        NodeFilter stopsAtTable = (node, depth) ->
                depth > 0 && node.nodeName().equals("table") ? FilterResult.STOP : FilterResult.CONTINUE;
        return NodeTraversor.filter(stopsAtTable, table) == FilterResult.STOP;
    }

    /** The first heading of all is the page's own. */
    private void heading(Element element, String tag) {
        String text = Lettering.plain(element.text());
        if (!text.isEmpty() && text.length() <= LONGEST_HEADING && !Systems.isList(text)) {
            article.add(
                    tag.equals("h1") ? new Piece.Prose(line(element), text) : new Piece.Heading(line(element), text));
        }
    }

    private static int line(Node node) {
        int line = node.sourceRange().start().lineNumber();
        return Math.max(line, 1);
    }

    private void table(Element table) {
        Elements lines = table.select("tr");
        List<List<String>> cells = new Grid(article).cells(lines);
        for (int i = 0; i < lines.size(); i++) {
            if (Column.isHead(cells.get(i))) {
                rows(lines, cells, i);
                return;
            }
        }
        if (!cells.isEmpty()) {
            article.note(
                    line(table),
                    "a table headed " + Lettering.quoted(String.join(", ", cells.get(0)))
                            + " was passed over: it has no columns Hosts and Ports");
        }
    }

    private void rows(Elements lines, List<List<String>> cells, int head) {
        List<Column> columns = article.columns(line(lines.get(head)), cells.get(head));
        List<Piece.Entry> entries = new ArrayList<>();
        for (int i = head + 1; i < lines.size(); i++) {
            List<String> row = cells.get(i);
            long filled = row.stream().filter(c -> !c.isEmpty()).count();
            if (filled == 1 && columns.size() > 1 && lines.get(i).childrenSize() == 1) {
                article.note(
                        line(lines.get(i)),
                        Lettering.quoted(String.join("", row)) + " heads lines of a table and was passed over");
            } else if (filled > 0 && !row.equals(cells.get(head))) {
                entries.add(new Piece.Entry(line(lines.get(i)), row));
            }
        }
        article.add(new Piece.Table(line(lines.get(head)), columns, entries));
    }

    /** The cells of a table's lines, each in its column though cells above may span more lines than one. */
    private static final class Grid {
        private record Spanning(String text, int lines) {}

        private final Collected article;
        private final Map<Integer, Spanning> above = new HashMap<>();

        Grid(Collected article) {
            this.article = article;
        }

        List<List<String>> cells(Elements lines) {
            return lines.stream().map(this::line).toList();
        }

        private List<String> line(Element line) {
            List<String> row = new ArrayList<>();
            Map<Integer, Spanning> below = new HashMap<>();
            for (Element cell : line.children()) {
                fromAbove(row, below);
                String text = text(cell);
                int spanned = span(cell, "rowspan");
                if (spanned > 1) {
                    below.put(row.size(), new Spanning(text, spanned - 1));
                }
                row.add(text);
                for (int i = 1; i < span(cell, "colspan"); i++) {
                    row.add("");
                }
            }
            fromAbove(row, below);
            above.clear();
            above.putAll(below);
            return row;
        }

        private void fromAbove(List<String> row, Map<Integer, Spanning> below) {
            Spanning spanning = above.remove(row.size());
            while (spanning != null) {
                if (spanning.lines() > 1) {
                    below.put(row.size(), new Spanning(spanning.text(), spanning.lines() - 1));
                }
                row.add(spanning.text());
                spanning = above.remove(row.size());
            }
        }

        private static int span(Element cell, String attribute) {
            String number = cell.attr(attribute);
            return number.matches("[1-9]\\d{0,2}") ? Math.min(Integer.parseInt(number), MOST_SPANNED) : 1;
        }

        /** Without what only points to a footnote; that there is one is told. */
        private String text(Element cell) {
            Elements marks = cell.select("sup");
            marks.forEach(mark -> article.note(
                    PrintedPage.line(cell),
                    "the footnote " + Lettering.quoted(mark.text()) + " at " + Lettering.quoted(cell.text())
                            + " was left out; see whether it changes the row"));
            marks.remove();
            return Lettering.plain(cell.text());
        }
    }
}
