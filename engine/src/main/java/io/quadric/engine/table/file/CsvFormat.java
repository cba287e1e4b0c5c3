package io.quadric.engine.table.file;

import io.quadric.nn.registry.Argument;
import java.nio.charset.Charset;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// How a file of separated values is written. What is empty is found out from the beginning of the file.
///
/// @param separator between cells
/// @param quote around cells that contain separators, line breaks or, doubled, quotes
/// @param header whether the first line has the names
/// @param encoding of the text where it begins with no byte order mark; UTF-8 if empty
/// @param decimal the decimal point
/// @param missing texts that mean that there is no value, in upper or lower case
public record CsvFormat(
        Optional<Character> separator,
        @Argument(otherwise = "\"") char quote,
        @Argument(otherwise = "detected") Header header,
        Optional<Charset> encoding,
        Optional<Character> decimal,
        @Argument(otherwise = "+na+n/a+#n/a+<na>+nan+null+none+?") Set<String> missing) {
    /// The texts that mean that there is no value, unless others are given.
    public static final Set<String> MISSING = Set.of(
            "", "na", "n/a", "#n/a", "<na>", "nan", "null", "none", "?");

    /// Whether the first line has the names of the columns.
    public enum Header {
        /// Found out.
        DETECTED,
        /// It has.
        PRESENT,
        /// It has not; the columns are called `c1`, `c2`, ….
        ABSENT
    }

    /// Checks the characters.
    ///
    /// @throws IllegalArgumentException if separator, quote and decimal point do not differ, or one is a line break
    public CsvFormat {
        for (Optional<Character> mark : List.of(separator, decimal)) {
            if (mark.isPresent() && (mark.get() == quote || mark.get() == '\n' || mark.get() == '\r')) {
                throw new IllegalArgumentException("separator and decimal point must not be the quote or a line break");
            }
        }
        if (separator.isPresent() && separator.equals(decimal)) {
            throw new IllegalArgumentException("separator and decimal point are both '" + separator.get() + "'");
        }
        missing = folded(missing);
    }

    private static Set<String> folded(Collection<String> texts) {
        Set<String> all = new TreeSet<>();
        texts.forEach(text -> all.add(text.strip().toLowerCase(Locale.ROOT)));
        return Collections.unmodifiableSet(all);
    }

    /// {@return everything found out; UTF-8; the usual texts for missing values}
    public static CsvFormat detected() {
        return new CsvFormat(Optional.empty(), '"', Header.DETECTED, Optional.empty(), Optional.empty(), MISSING);
    }

    /// {@return the same with a separator}
    ///
    /// @param character between cells
    public CsvFormat withSeparator(char character) {
        return new CsvFormat(Optional.of(character), quote, header, encoding, decimal, missing);
    }

    /// {@return the same with another quote}
    ///
    /// @param character around cells
    public CsvFormat withQuote(char character) {
        return new CsvFormat(separator, character, header, encoding, decimal, missing);
    }

    /// {@return the same, told whether there is a header}
    ///
    /// @param first whether the first line has the names
    public CsvFormat withHeader(Header first) {
        return new CsvFormat(separator, quote, first, encoding, decimal, missing);
    }

    /// {@return the same with an encoding}
    ///
    /// @param charset of the text
    public CsvFormat withEncoding(Charset charset) {
        return new CsvFormat(separator, quote, header, Optional.of(charset), decimal, missing);
    }

    /// {@return the same with a decimal point}
    ///
    /// @param character usually `.` or `,`
    public CsvFormat withDecimal(char character) {
        return new CsvFormat(separator, quote, header, encoding, Optional.of(character), missing);
    }

    /// {@return the same with other texts for missing values}
    ///
    /// @param texts in upper or lower case
    public CsvFormat withMissing(Set<String> texts) {
        return new CsvFormat(separator, quote, header, encoding, decimal, texts);
    }
}
