package io.quadric.engine.table.file;

import de.siegmar.fastcsv.reader.AbstractBaseCsvCallbackHandler;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The cells of the record just read, one after the other in an array that the next record overwrites. Spaces around
/// cells without quotes are left out.
final class CsvRow extends AbstractBaseCsvCallbackHandler<CsvRow> {
    private char[] chars = new char[1 << 10];
    private int[] ends = new int[1 << 6];
    private int cells;

    @Override
    protected void handleBegin(long startingLine) {
        cells = 0;
    }

    @Override
    protected void handleField(int index, char[] from, int begin, int count, boolean quoted) {
        int first = begin;
        int last = begin + count;
        while (!quoted && first < last && from[first] <= ' ') {
            first++;
        }
        while (!quoted && first < last && from[last - 1] <= ' ') {
            last--;
        }
        int start = start(cells);
        int length = last - first;
        if (start + length > chars.length) {
            chars = Arrays.copyOf(chars, Math.max(2 * chars.length, start + length));
        }
        if (cells == ends.length) {
            ends = Arrays.copyOf(ends, 2 * cells);
        }
        System.arraycopy(from, first, chars, start, length);
        ends[cells++] = start + length;
    }

    @Override
    protected CsvRow buildRecord() {
        return this;
    }

    int cells() {
        return cells;
    }

    /// The line on which the record begins.
    long line() {
        return getStartingLineNumber();
    }

    char[] chars() {
        return chars;
    }

    int start(int cell) {
        return cell == 0 ? 0 : ends[cell - 1];
    }

    int length(int cell) {
        return ends[cell] - start(cell);
    }

    String text(int cell) {
        return new String(chars, start(cell), length(cell));
    }

    List<String> texts() {
        List<String> texts = new ArrayList<>();
        for (int i = 0; i < cells; i++) {
            texts.add(text(i));
        }
        return texts;
    }
}
