package dev.plumbline.collector.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What a workflow of Teams that is triggered by a webhook takes: an Adaptive Card. Texts stand in {@code RichTextBlock}s, whose
 * {@code TextRun}s know no Markdown, unlike {@code TextBlock} and {@code FactSet}.
 *
 * @see <a href="https://adaptivecards.io/explorer/TextRun.html">TextRun</a>
 */
public final class TeamsBody {
    /** A message may have 28 KB, in which each line takes some more for its block. */
    private static final int LONGEST_LINES = 5_000;

    private TeamsBody() {}

    public static String of(Alert alert) {
        AlertText text = AlertText.of(alert);
        ObjectNode card = JsonNodeFactory.instance.objectNode();
        card.put("$schema", "http://adaptivecards.io/schemas/adaptive-card.json")
                .put("type", "AdaptiveCard")
                .put("version", "1.4")
                .put("fallbackText", text.title());
        card.putObject("msteams").put("width", "Full");
        ArrayNode body = card.putArray("body");
        run(block(body), text.title()).put("weight", "Bolder").put("size", "Medium");
        run(block(body), text.sentence());
        for (AlertText.Fact fact : text.facts()) {
            ArrayNode line = block(body);
            run(line, fact.name() + ": ").put("weight", "Bolder");
            run(line, fact.value());
        }
        List<String> lines = AlertText.lines(alert, LONGEST_LINES);
        for (String line : lines) {
            run(block(body), line).put("fontType", "Monospace");
        }
        if (!alert.link().isEmpty()) {
            card.putArray("actions")
                    .addObject()
                    .put("type", "Action.OpenUrl")
                    .put("title", "Open")
                    .put("url", alert.link());
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("type", "message");
        json.putArray("attachments")
                .addObject()
                .put("contentType", "application/vnd.microsoft.card.adaptive")
                .putNull("contentUrl")
                .set("content", card);
        return json.toString();
    }

    private static ArrayNode block(ArrayNode body) {
        return body.addObject().put("type", "RichTextBlock").putArray("inlines");
    }

    private static ObjectNode run(ArrayNode inlines, String text) {
        return inlines.addObject().put("type", "TextRun").put("text", text);
    }
}
