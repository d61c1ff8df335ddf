package dev.plumbline.agent.pac;

import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.mozilla.javascript.BaseFunction;
import org.mozilla.javascript.Context;
import org.mozilla.javascript.Scriptable;
import org.mozilla.javascript.ScriptableObject;
import org.mozilla.javascript.Undefined;

/** The functions that a proxy script may call, as Netscape's specification of 1996 and the browsers define them. */
final class PacFunctions {
    private static final int MAX_TEXT = 2048;
    private static final Pattern ADDRESS = Pattern.compile("(?:(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)(?:\\.(?!$)|$)){4}");

    private PacFunctions() {}

    static void define(ScriptableObject scope, PacHost host) {
        define(scope, "isPlainHostName", words -> word(words, 0).indexOf('.') < 0);
        define(scope, "dnsDomainIs", words -> dnsDomainIs(word(words, 0), word(words, 1)));
        define(scope, "localHostOrDomainIs", words -> localHostOrDomainIs(word(words, 0), word(words, 1)));
        define(scope, "isResolvable", words -> address(host, word(words, 0)).isPresent());
        define(
                scope,
                "isInNet",
                words -> address(host, word(words, 0))
                        .filter(a -> isInNet(a, word(words, 1), word(words, 2)))
                        .isPresent());
        define(scope, "dnsResolve", words -> address(host, word(words, 0)).orElse(null));
        define(scope, "myIpAddress", words -> host.ownAddress());
        define(scope, "dnsDomainLevels", words ->
                (int) word(words, 0).chars().filter(c -> c == '.').count());
        define(scope, "shExpMatch", words -> shellMatch(word(words, 0), word(words, 1)));
        define(scope, "convert_addr", words -> (double) number(word(words, 0)).orElse(0L));
        define(scope, "weekdayRange", words -> PacTimes.weekdayRange(words, at(words, host)));
        define(scope, "dateRange", words -> PacTimes.dateRange(words, at(words, host)));
        define(scope, "timeRange", words -> PacTimes.timeRange(words, at(words, host)));
        define(scope, "alert", words -> Undefined.instance);
    }

    static boolean dnsDomainIs(String host, String domain) {
        return host.toLowerCase(Locale.ROOT).endsWith(domain.toLowerCase(Locale.ROOT));
    }

    static boolean localHostOrDomainIs(String host, String full) {
        String asked = host.toLowerCase(Locale.ROOT);
        String whole = full.toLowerCase(Locale.ROOT);
        return asked.equals(whole) || (asked.indexOf('.') < 0 && whole.startsWith(asked + "."));
    }

    static boolean isInNet(String address, String pattern, String mask) {
        Optional<Long> at = number(address);
        Optional<Long> net = number(pattern);
        Optional<Long> bits = number(mask);
        return at.isPresent()
                && net.isPresent()
                && bits.isPresent()
                && (at.get() & bits.get()) == (net.get() & bits.get());
    }

    /** A shell expression of * and ?, in time proportional to the product of both lengths whatever the expression. */
    static boolean shellMatch(String text, String expression) {
        int at = 0;
        int in = 0;
        int star = -1;
        int resume = 0;
        while (at < text.length()) {
            if (in < expression.length() && expression.charAt(in) == '*') {
                star = in++;
                resume = at;
            } else if (in < expression.length()
                    && (expression.charAt(in) == '?' || expression.charAt(in) == text.charAt(at))) {
                in++;
                at++;
            } else if (star >= 0) {
                in = star + 1;
                at = ++resume;
            } else {
                return false;
            }
        }
        while (in < expression.length() && expression.charAt(in) == '*') {
            in++;
        }
        return in == expression.length();
    }

    private static Optional<String> address(PacHost host, String name) {
        return isAddress(name) ? Optional.of(name) : host.resolve(name);
    }

    private static boolean isAddress(String text) {
        return ADDRESS.matcher(text).matches();
    }

    private static Optional<Long> number(String address) {
        if (!isAddress(address)) {
            return Optional.empty();
        }
        return Optional.of(Arrays.stream(address.split("\\.", -1))
                .mapToLong(Long::parseLong)
                .reduce(0, (sum, part) -> sum << 8 | part));
    }

    private static ZonedDateTime at(List<String> words, PacHost host) {
        boolean universal = !words.isEmpty() && words.get(words.size() - 1).equals("GMT");
        return universal ? host.now().withZoneSameInstant(ZoneOffset.UTC) : host.now();
    }

    private static String word(List<String> words, int index) {
        return index < words.size() ? words.get(index) : "";
    }

    /** One function of the host's, with its arguments as texts. */
    @FunctionalInterface
    private interface Body {
        @Nullable
        Object apply(List<String> words);
    }

    private static void define(ScriptableObject scope, String name, Body body) {
        scope.put(name, scope, new HostFunction(scope, body));
    }

    private static final class HostFunction extends BaseFunction {
        private static final long serialVersionUID = 1;
        private final transient Body body;

        HostFunction(Scriptable scope, Body body) {
            super(scope, ScriptableObject.getFunctionPrototype(scope));
            this.body = body;
        }

        @Override
        @SuppressWarnings("NullAway")
        public Object call(Context context, Scriptable scope, Scriptable self, Object[] arguments) {
            return body.apply(Arrays.stream(arguments)
                    .limit(8)
                    .map(Context::toString)
                    .map(text -> text.substring(0, Math.min(text.length(), MAX_TEXT)))
                    .toList());
        }
    }
}
