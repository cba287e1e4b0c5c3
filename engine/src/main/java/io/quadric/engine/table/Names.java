package io.quadric.engine.table;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/// Names in messages.
public final class Names {
    private static final int SHOWN = 20;
    private static final int LONGEST = 40;

    private Names() {}

    /// {@return "no column 'prize', did you mean 'price'?" or, where none is alike, the names there are}
    ///
    /// @param kind of thing: "column"
    /// @param name that is unknown
    /// @param known the names there are
    public static String unknown(String kind, String name, List<String> known) {
        String end = closest(name, known)
                .map(alike -> ", did you mean '" + shown(alike) + "'?")
                .orElseGet(() -> ", expected one of " + list(known));
        return "no " + kind + " '" + shown(name) + "'" + end;
    }

    /// {@return the names, the first twenty and how many more there are}
    ///
    /// @param names any number of them
    public static String list(List<String> names) {
        String first = names.stream().limit(SHOWN).map(Names::shown).collect(Collectors.joining(", "));
        return names.size() <= SHOWN ? first : first + " … (" + (names.size() - SHOWN) + " more)";
    }

    /// {@return a text in one line, of at most 40 characters}
    ///
    /// @param text from outside
    public static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ");
        return line.length() <= LONGEST ? line : line.substring(0, LONGEST) + "…";
    }

    /// At most a third of the characters differ; upper and lower case are alike.
    private static Optional<String> closest(String name, List<String> known) {
        String lower = name.toLowerCase(Locale.ROOT);
        return known.stream()
                .filter(other -> 3 * distance(lower, other.toLowerCase(Locale.ROOT)) <= other.length())
                .min(Comparator.comparingInt(other -> distance(lower, other.toLowerCase(Locale.ROOT))));
    }

    /// Levenshtein's distance, row by row.
    private static int distance(String a, String b) {
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
                row[j] = Math.min(substituted, 1 + Math.min(row[j - 1], row[j]));
            }
        }
        return row[b.length()];
    }
}
