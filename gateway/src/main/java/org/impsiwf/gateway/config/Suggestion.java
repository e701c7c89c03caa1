package org.impsiwf.gateway.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The word that somebody probably meant. */
final class Suggestion {

    private Suggestion() {}

    /** The nearest of the words, if it is near: at most a third of the letters differ, or it begins or ends the same. */
    static Optional<String> among(Collection<String> words, String written) {
        String low = written.toLowerCase(Locale.ROOT);
        return words.stream()
                .filter(word -> isNear(word.toLowerCase(Locale.ROOT), low))
                .min(Comparator.<String>comparingInt(word -> distance(word.toLowerCase(Locale.ROOT), low))
                        .thenComparing(Comparator.naturalOrder()));
    }

    private static boolean isNear(String word, String written) {
        boolean partOfIt = written.length() >= 3 && (word.contains(written) || written.contains(word));
        return partOfIt || distance(word, written) <= Math.max(1, Math.max(word.length(), written.length()) / 3);
    }

    /** Letters to insert, drop, change or swap with the next one. */
    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                if (i == 0 || j == 0) {
                    d[i][j] = i + j;
                    continue;
                }
                int change = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                d[i][j] = Math.min(change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }
}
