package dev.plumbline.collector.alert;

import dev.plumbline.words.Printable;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * An alert as a mail (RFC 5322) with a text and an HTML form of the same (RFC 2046 section 5.1.4), in ASCII alone. What belongs to one
 * cause refers to the same message, so that mail programs show it as one thread.
 */
public final class MailMessage {
    /** RFC 5322 section 3.3. */
    private static final DateTimeFormatter DATE = DateTimeFormatter.ofPattern("EEE, d MMM yyyy HH:mm:ss Z", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    /** An encoded word has at most 75 characters (RFC 2047 section 2): so many bytes as Base64 and what is around them. */
    private static final int ENCODED_BYTES = 45;

    /** With its name a line of 78 (RFC 5322 section 2.1.1). */
    private static final int PLAIN_SUBJECT = 69;

    private static final String END = "\r\n";

    private MailMessage() {}

    /**
     * @param domain of message ids
     * @return with ends of lines as SMTP has them
     */
    public static String of(Alert alert, String from, List<String> to, String domain, Instant now) {
        AlertText text = AlertText.of(alert);
        List<String> lines = AlertText.lines(alert);
        String boundary = "plumbline-" + alert.id().replaceAll("[^A-Za-z0-9]", "-");
        List<String> mail = new ArrayList<>();
        mail.add(header("Date", DATE.format(now)));
        mail.add(header("From", "Plumbline <" + from + ">"));
        mail.add("To: " + to.stream().map(MailMessage::line).collect(Collectors.joining("," + END + " ")));
        mail.add("Subject: " + words(line(text.title())));
        mail.add(header("Message-ID", messageId(alert.id(), domain)));
        mail.add(header("References", messageId(alert.key(), domain)));
        // RFC 3834 section 5: nobody's absence note is to answer it.
        mail.add("Auto-Submitted: auto-generated");
        mail.add("MIME-Version: 1.0");
        mail.add("Content-Type: multipart/alternative; boundary=\"" + boundary + "\"");
        mail.add("");
        part(mail, boundary, "text/plain", plain(text, lines));
        part(mail, boundary, "text/html", html(text, lines, alert.link()));
        mail.add("--" + boundary + "--");
        mail.add("");
        return String.join(END, mail);
    }

    private static void part(List<String> mail, String boundary, String type, String content) {
        mail.add("--" + boundary);
        mail.add("Content-Type: " + type + "; charset=utf-8");
        mail.add("Content-Transfer-Encoding: base64");
        mail.add("");
        mail.add(Base64.getMimeEncoder().encodeToString(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String plain(AlertText text, List<String> lines) {
        StringBuilder plain = new StringBuilder(text.sentence()).append(END).append(END);
        text.facts()
                .forEach(f ->
                        plain.append(f.name()).append(": ").append(f.value()).append(END));
        if (!lines.isEmpty()) {
            plain.append(END);
            lines.forEach(l -> plain.append(l).append(END));
        }
        return plain.toString();
    }

    private static String html(AlertText text, List<String> lines, String link) {
        StringBuilder html = new StringBuilder(
                        "<!DOCTYPE html>\n<html lang=\"en\"><body>\n<h1 style=\"font-size:1.2em\">")
                .append(escaped(text.title()))
                .append("</h1>\n<p>")
                .append(escaped(text.sentence()))
                .append("</p>\n<table>\n");
        for (AlertText.Fact fact : text.facts()) {
            html.append("<tr><th align=\"left\" valign=\"top\">")
                    .append(escaped(fact.name()))
                    .append("</th><td>")
                    .append(fact.value().equals(link) ? anchor(link) : escaped(fact.value()))
                    .append("</td></tr>\n");
        }
        html.append("</table>\n");
        if (!lines.isEmpty()) {
            html.append("<pre>").append(escaped(String.join("\n", lines))).append("</pre>\n");
        }
        return html.append("</body></html>\n").toString();
    }

    private static String anchor(String link) {
        return "<a href=\"" + escaped(link) + "\">" + escaped(link) + "</a>";
    }

    static String escaped(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;")
                .replace("'", "&#39;");
    }

    private static String header(String name, String value) {
        return name + ": " + line(value);
    }

    /** Whatever else it says, it ends no header. */
    private static String line(String text) {
        return Printable.line(text).replace('\t', ' ');
    }

    private static String messageId(String id, String domain) {
        return "<" + id.replaceAll("[^A-Za-z0-9._-]", ".") + "@" + domain + ">";
    }

    /** As it is where that is short ASCII, else as encoded words (RFC 2047). */
    static String words(String text) {
        if (text.length() <= PLAIN_SUBJECT
                && text.chars().allMatch(c -> c >= 0x20 && c < 0x7f)
                && !text.contains("=?")) {
            return text;
        }
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        int bytes = 0;
        for (int at = 0; at < text.length(); ) {
            String character = Character.toString(text.codePointAt(at));
            int more = character.getBytes(StandardCharsets.UTF_8).length;
            if (bytes + more > ENCODED_BYTES) {
                words.add(encoded(word));
                word.setLength(0);
                bytes = 0;
            }
            word.append(character);
            bytes += more;
            at += character.length();
        }
        words.add(encoded(word));
        return String.join(END + " ", words);
    }

    private static String encoded(StringBuilder word) {
        return "=?utf-8?B?" + Base64.getEncoder().encodeToString(word.toString().getBytes(StandardCharsets.UTF_8))
                + "?=";
    }
}
