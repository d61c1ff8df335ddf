package dev.plumbline.agent.net;

import dev.plumbline.words.Failure;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a proxy said to CONNECT.
 *
 * @param status HTTP status, 0 when none came
 * @param schemes of Proxy-Authenticate, in the order sent
 */
public record ProxyAnswer(int status, List<String> schemes, Failure failure) {
    /** It was not asked, or a connection to it never stood. */
    public static final ProxyAnswer NOTHING = new ProxyAnswer(0, List.of(), Failure.none());

    private static final int MOST_SCHEMES = 8;

    public ProxyAnswer {
        schemes = List.copyOf(schemes);
    }

    static ProxyAnswer failed(Failure failure) {
        return new ProxyAnswer(0, List.of(), failure);
    }

    /** True when the tunnel stands. */
    public boolean isOpen() {
        return failure.isNone() && status / 100 == 2;
    }

    /**
     * The schemes in values of Proxy-Authenticate (RFC 9110 §11.6.1): a comma separates challenges as well as the
     * parameters of one, and a parameter is known by its equals sign.
     */
    public static List<String> schemes(String values) {
        return Arrays.stream(values.replaceAll("\"[^\"]*\"?", "q").split(",", -1))
                .map(part -> part.strip().split("\\s+", 2)[0])
                .filter(word -> word.matches("[A-Za-z][A-Za-z0-9_-]{0,30}"))
                .map(word -> word.toLowerCase(Locale.ROOT))
                .distinct()
                .limit(MOST_SCHEMES)
                .toList();
    }
}
