package dev.plumbline.collector.alert;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;

/**
 * What an incoming webhook of Slack takes. Texts stand in blocks that know no markup ({@code plain_text}, {@code rich_text}); the
 * fallback does, so it is escaped.
 *
 * @see <a href="https://docs.slack.dev/reference/block-kit/blocks/rich-text-block">Rich text block</a>
 * @see <a href="https://docs.slack.dev/messaging/formatting-message-text#escaping">Escaping text</a>
 */
public final class SlackBody {
    /** Of a header block. */
    private static final int LONGEST_HEADER = 150;

    /** Of the other texts: a message with a longer one is refused as a whole. */
    private static final int LONGEST_TEXT = 2_900;

    private SlackBody() {}

    public static String of(Alert alert) {
        AlertText text = AlertText.of(alert);
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("text", AlertWriter.clip(escaped(text.title() + ": " + text.sentence()), LONGEST_TEXT));
        ArrayNode blocks = json.putArray("blocks");
        blocks.addObject()
                .put("type", "header")
                .putObject("text")
                .put("type", "plain_text")
                .put("text", AlertWriter.clip(escaped(text.title()), LONGEST_HEADER))
                .put("emoji", false);
        ArrayNode rich = blocks.addObject().put("type", "rich_text").putArray("elements");
        ArrayNode section = rich.addObject().put("type", "rich_text_section").putArray("elements");
        text(section, text.sentence() + "\n", false);
        for (AlertText.Fact fact : text.facts()) {
            text(section, "\n" + fact.name() + ": ", true);
            text(section, fact.value(), false);
        }
        List<String> lines = AlertText.lines(alert, LONGEST_TEXT - 100);
        if (!lines.isEmpty()) {
            ArrayNode code =
                    rich.addObject().put("type", "rich_text_preformatted").putArray("elements");
            text(code, String.join("\n", lines), false);
        }
        return json.toString();
    }

    private static void text(ArrayNode to, String text, boolean isBold) {
        ObjectNode element = to.addObject().put("type", "text").put("text", AlertWriter.clip(text, LONGEST_TEXT));
        if (isBold) {
            element.putObject("style").put("bold", true);
        }
    }

    /** The three characters that begin links, mentions and entities. */
    static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
