package dev.plumbline.deploy.demo;

import dev.plumbline.deploy.campus.Fault;
import dev.plumbline.deploy.campus.Fault.Damage;
import dev.plumbline.deploy.campus.Match;
import java.util.List;
import java.util.Locale;

/** Reads a fault as people write it: {@code drop 5223}, {@code intercept 443}, {@code dns nxdomain}, {@code captive}. Pure. */
final class FaultWords {
    static final String SYNTAX =
            "drop|reset|stall|intercept|block-page|old-tls PORT, drop all, sni-reset NAME, captive, or dns nxdomain|refused|servfail|silent";

    private FaultWords() {}

    /**
     * @throws IllegalArgumentException with a sentence when the words are no fault
     */
    static Fault parse(List<String> words) {
        String kind = words.isEmpty() ? "" : words.get(0);
        String what = words.size() < 2 ? "" : words.get(1);
        if (words.size() > 2) {
            throw unknown(words);
        }
        return switch (kind) {
            case "drop" -> Fault.drop(match(what));
            case "reset" -> Fault.reset(match(what));
            case "stall" -> Fault.stall(match(what));
            case "old-tls" -> Fault.oldTls(match(what));
            case "block-page" -> Fault.blockPage(match(what));
            case "intercept" -> Fault.intercept(port(what));
            case "sni-reset" -> Fault.sniReset(name(what));
            case "dns" -> Fault.dns(damage(what));
            case "captive" -> {
                if (!what.isEmpty()) {
                    throw unknown(words);
                }
                yield Fault.captive();
            }
            default -> throw unknown(words);
        };
    }

    private static Match match(String what) {
        return what.equals("all") ? Match.all() : Match.port(port(what));
    }

    private static int port(String text) {
        if (!text.matches("\\d{1,5}") || Integer.parseInt(text) < 1 || Integer.parseInt(text) > 65535) {
            throw new IllegalArgumentException(
                    "'" + text + "' is no port; give a number between 1 and 65535, such as 5223");
        }
        return Integer.parseInt(text);
    }

    private static String name(String text) {
        if (!text.matches("[a-z0-9.-]+")) {
            throw new IllegalArgumentException("'" + text + "' is no name; give one such as push.apple.com");
        }
        return text;
    }

    private static Damage damage(String text) {
        return switch (text) {
            case "nxdomain", "refused", "servfail", "silent" -> Damage.valueOf(text.toUpperCase(Locale.ROOT));
            default ->
                throw new IllegalArgumentException(
                        "'" + text + "' is nothing a resolver does here; give nxdomain, refused, servfail or silent");
        };
    }

    private static IllegalArgumentException unknown(List<String> words) {
        return new IllegalArgumentException("'" + String.join(" ", words) + "' is no fault; known are " + SYNTAX);
    }
}
