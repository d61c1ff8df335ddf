package dev.plumbline.catalog;

import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/** Which of the known words somebody may have meant. */
final class NearWords {
    private static final int MOST = 3;

    private NearWords() {}

    /** At most three, the nearest first; none when nothing is near. */
    static List<String> of(String word, Collection<String> known) {
        int bound = Math.max(2, word.length() / 3);
        return known.stream()
                .filter(k -> distance(word, k) <= bound)
                .sorted(Comparator.<String>comparingInt(k -> distance(word, k))
                        .thenComparing(Comparator.naturalOrder()))
                .limit(MOST)
                .toList();
    }

    /** Edit distance of Levenshtein, one row at a time. */
    static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
