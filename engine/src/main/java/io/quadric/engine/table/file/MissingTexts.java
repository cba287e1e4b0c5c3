package io.quadric.engine.table.file;

import java.util.Locale;
import java.util.Set;

/// The texts that mean that there is no value, in upper or lower case. Most cells are told apart by their length and
/// first character.
final class MissingTexts {
    private final Set<String> texts;
    private final boolean[] lengths;
    private final boolean[] firsts = new boolean[1 << 7];

    /// For texts in lower case.
    MissingTexts(Set<String> texts) {
        this.texts = texts;
        lengths = new boolean[1 + texts.stream().mapToInt(String::length).max().orElse(0)];
        for (String text : texts) {
            lengths[text.length()] = true;
            firsts[first(text.isEmpty() ? 0 : text.charAt(0))] = true;
        }
    }

    /// Characters beyond ASCII share a place.
    private int first(int c) {
        return c >= firsts.length ? 0 : Character.toLowerCase(c);
    }

    boolean matches(CsvRow row, int cell) {
        int length = row.length(cell);
        if (length >= lengths.length || !lengths[length]
                || !firsts[length == 0 ? 0 : first(row.chars()[row.start(cell)])]) {
            return false;
        }
        return matches(row.text(cell));
    }

    boolean matches(String text) {
        return texts.contains(text.toLowerCase(Locale.ROOT));
    }
}
