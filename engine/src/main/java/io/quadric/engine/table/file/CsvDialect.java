package io.quadric.engine.table.file;

import de.siegmar.fastcsv.reader.CsvParseException;
import de.siegmar.fastcsv.reader.CsvReader;
import de.siegmar.fastcsv.reader.CsvReader.CsvReaderBuilder;
import de.siegmar.fastcsv.reader.FieldMismatchStrategy;
import io.quadric.engine.InputException;
import java.io.CharArrayReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// How records are separated into cells.
///
/// @param separator between cells
/// @param quote around cells
/// @param spaced whether there are spaces between separators and quotes
record CsvDialect(char separator, char quote, boolean spaced) {
    /// What is done with each record.
    @FunctionalInterface
    interface Records {
        /// Whether to go on.
        boolean take(CsvRow row);
    }

    static CsvDialect of(char separator, char quote, char[] beginning) {
        String text = new String(beginning);
        return new CsvDialect(separator, quote, text.contains("" + separator + ' ' + quote));
    }

    /// Reads records as long as they are wanted. Lines without a character are left out.
    ///
    /// @param whole whether the text ends where its last record does; if not, that one may lack a quote
    void read(Reader text, boolean whole, Records records) {
        CsvReaderBuilder reader = CsvReader.builder()
                .fieldSeparator(separator)
                .quoteCharacter(quote)
                .trimWhitespacesAroundQuotes(spaced)
                .extraFieldStrategy(FieldMismatchStrategy.IGNORE)
                .missingFieldStrategy(FieldMismatchStrategy.IGNORE)
                .allowUnclosedQuote(!whole);
        try {
            for (CsvRow row : reader.build(new CsvRow(), text)) {
                if (!records.take(row)) {
                    return;
                }
            }
        } catch (CsvParseException | UncheckedIOException e) {
            throw complaint(e);
        }
    }

    private static RuntimeException complaint(RuntimeException e) {
        return switch (e.getCause()) {
            case InputException known -> known;
            case null -> new InputException(e.getMessage());
            case IOException io -> new UncheckedIOException(io);
            default -> new InputException(e.getMessage() + " (" + e.getCause().getMessage() + ")");
        };
    }

    /// The first records of a text.
    ///
    /// @param whole whether the text ends where its last record does; if not, that one is left out
    List<List<String>> first(char[] text, int most, boolean whole) {
        List<List<String>> records = new ArrayList<>();
        read(new CharArrayReader(text), whole, row -> {
            records.add(row.texts());
            return records.size() <= most;
        });
        if (records.size() > most || (!whole && !records.isEmpty())) {
            records.removeLast();
        }
        return records;
    }

    /// As [#first], nothing where the text cannot be read this way.
    Optional<List<List<String>>> tryFirst(char[] text, int most, boolean whole) {
        try {
            return Optional.of(first(text, most, whole));
        } catch (InputException | UncheckedIOException e) {
            return Optional.empty();
        }
    }
}
