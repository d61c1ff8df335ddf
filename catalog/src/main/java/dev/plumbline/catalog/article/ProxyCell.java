package dev.plumbline.catalog.article;

import dev.plumbline.catalog.ProxyPolicy;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/** What may stand in the column on proxies. */
final class ProxyCell {
    private static final String DASH = "[-\u2010-\u2015\u2212]{1,3}";
    private static final String APNS = "(?:Learn|Read) more about (?:using )?APNs and proxies\\.?";

    /** Pattern of everything but blank. */
    static final String WORDS = "Yes|No|" + DASH + "|" + APNS;

    private static final Pattern DASHES = Pattern.compile(DASH);
    private static final Pattern POINTER = Pattern.compile(APNS, Pattern.CASE_INSENSITIVE);

    private ProxyCell() {}

    /** Nothing for what this column never says. */
    static Optional<ProxyPolicy> read(String cell) {
        String word = cell.toLowerCase(Locale.ROOT);
        if (word.isEmpty()) {
            return Optional.of(ProxyPolicy.UNSTATED);
        }
        if (word.equals("yes")) {
            return Optional.of(ProxyPolicy.YES);
        }
        if (word.equals("no") || isDash(cell)) {
            return Optional.of(ProxyPolicy.NO);
        }
        return POINTER.matcher(cell).matches() ? Optional.of(ProxyPolicy.SEE_APNS) : Optional.empty();
    }

    /** Something of this column stands here and not a blank. */
    static boolean speaks(String cell) {
        return !cell.isEmpty() && read(cell).isPresent();
    }

    /** A cell that is dashes alone, of any length and kind. */
    static boolean isDash(String cell) {
        return DASHES.matcher(cell).matches();
    }
}
