package dev.plumbline.catalog;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** Between enum constants and the lower-case hyphenated words of files. */
public final class Words {
    private Words() {}

    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /**
     * The constant of this word.
     *
     * @throws IllegalArgumentException naming the words that exist
     */
    public static <E extends Enum<E>> E of(Class<E> type, String word) {
        for (E constant : type.getEnumConstants()) {
            if (of(constant).equals(word)) {
                return constant;
            }
        }
        throw new IllegalArgumentException("'" + word + "' is none of "
                + Arrays.stream(type.getEnumConstants()).map(Words::of).collect(Collectors.joining(", ")));
    }
}
