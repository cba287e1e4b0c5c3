package io.quadric.engine.table.file;

import io.quadric.engine.InputException;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.file.CsvFormat.Header;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/// What the beginning of a file tells: how cells are separated, whether the first record is a header, and the first
/// records themselves.
final class CsvSample {
    /// Records to look at.
    static final int RECORDS = 1000;

    private static final List<Character> SEPARATORS = List.of(',', ';', '\t', '|');
    private static final int LEAST = 1 << 20;
    private static final int MOST = 1 << 26;

    private final CsvDialect dialect;
    private final CsvFormat format;
    private final MissingTexts missing;
    private final List<List<String>> records;

    private CsvSample(CsvDialect dialect, CsvFormat format, List<List<String>> records) {
        this.dialect = dialect;
        this.format = format;
        this.records = records;
        missing = new MissingTexts(format.missing());
    }

    /// Looks at the beginning of a text, which is still to be read.
    static CsvSample of(TextReader text, CsvFormat format) throws IOException {
        int size = LEAST;
        char[] beginning = text.peek(size);
        CsvSample sample = of(beginning, beginning.length < size, format);
        while (sample.records.size() < 2 && beginning.length == size && size < MOST) {
            size *= 4;
            beginning = text.peek(size);
            sample = of(beginning, beginning.length < size, format);
        }
        if (sample.records.isEmpty()) {
            throw new InputException("there is no record, expected lines of separated values");
        }
        return sample;
    }

    private static CsvSample of(char[] text, boolean whole, CsvFormat format) {
        char separator = format.separator().orElseGet(() -> separator(text, whole, format.quote()));
        CsvDialect dialect = CsvDialect.of(separator, format.quote(), text);
        return new CsvSample(dialect, format, dialect.first(text, RECORDS, whole));
    }

    /// The separator that cuts the most records into equally many cells, two at least; spaces only where nothing else
    /// does and they cut all.
    private static char separator(char[] text, boolean whole, char quote) {
        char best = ',';
        double bestScore = 0;
        for (char candidate : SEPARATORS) {
            double score = score(CsvDialect.of(candidate, quote, text), text, whole);
            if (score > bestScore) {
                best = candidate;
                bestScore = score;
            }
        }
        boolean spaces = bestScore == 0 && score(new CsvDialect(' ', quote, false), text, whole) >= 1;
        return spaces ? ' ' : best;
    }

    /// The share of records with as many cells as the first, and a little for each cell; 0 if that is one.
    private static double score(CsvDialect dialect, char[] text, boolean whole) {
        List<List<String>> records = dialect.tryFirst(text, 100, whole).orElse(List.of());
        int cells = records.isEmpty() ? 1 : records.getFirst().size();
        if (cells == 1) {
            return 0;
        }
        double same = records.stream().filter(record -> record.size() == cells).count();
        return same / records.size() + 1e-6 * cells;
    }

    CsvDialect dialect() {
        return dialect;
    }

    MissingTexts missing() {
        return missing;
    }

    /// Cells of a record.
    int width() {
        return records.getFirst().size();
    }

    List<String> first() {
        return records.getFirst();
    }

    /// The records but for the header.
    List<List<String>> data(boolean header) {
        return records.subList(header ? 1 : 0, records.size());
    }

    /// The decimal point: a comma if cells are not separated by commas, and some number is written with one and none
    /// with a point.
    char point() {
        return format.decimal().orElseGet(() -> {
            boolean comma = anyNumber("[+-]?\\d*,\\d+") && !anyNumber("[+-]?\\d*\\.\\d+");
            return dialect.separator() != ',' && comma ? ',' : '.';
        });
    }

    private boolean anyNumber(String pattern) {
        return records.stream().flatMap(List::stream).anyMatch(cell -> cell.matches(pattern));
    }

    /// Whether the first record has the names: all its cells but perhaps the first are filled, none is a number, and
    /// where there is no number below either, they differ and most do not occur in their columns again.
    boolean hasHeader() {
        if (format.header() != Header.DETECTED) {
            return format.header() == Header.PRESENT;
        }
        DecimalNumber number = new DecimalNumber(point());
        List<String> first = first();
        boolean names = IntStream.range(0, first.size())
                .allMatch(j -> !number.read(first.get(j))
                        && (j == 0 && first.size() > 1 || !missing.matches(first.get(j))));
        boolean numbers = data(true).stream().flatMap(List::stream).anyMatch(number::read);
        boolean differ = Set.copyOf(first).size() == first.size();
        return names && (numbers || (differ && 2 * recurring() <= first.size()));
    }

    private long recurring() {
        List<String> first = first();
        return IntStream.range(0, first.size())
                .filter(j -> data(true).stream().anyMatch(row -> j < row.size() && row.get(j).equals(first.get(j))))
                .count();
    }

    /// The places of the columns by name: those in the header, or `c1`, `c2`, …, as for a cell without a name.
    Map<String, Integer> places(boolean header) {
        Map<String, Integer> places = new LinkedHashMap<>();
        for (int j = 0; j < width(); j++) {
            String name = header ? first().get(j).strip() : "";
            String own = name.isEmpty() ? "c" + (j + 1) : name;
            Integer other = places.putIfAbsent(own, j);
            if (other != null) {
                throw new InputException("column " + (j + 1) + " is called '" + Names.shown(own) + "' as column "
                        + (1 + other) + " is, expected different names");
            }
        }
        return places;
    }
}
