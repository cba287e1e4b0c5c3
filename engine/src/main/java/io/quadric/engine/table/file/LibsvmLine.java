package io.quadric.engine.table.file;

import io.quadric.engine.InputException;
import io.quadric.engine.table.Names;

/// One line: `label index:value index:value … # remark`.
final class LibsvmLine {
    private final LineReader line;
    private final char[] chars;
    private final int end;
    private final DecimalNumber number = new DecimalNumber('.');
    private int at;

    LibsvmLine(LineReader line) {
        this.line = line;
        chars = line.chars();
        end = line.length();
    }

    /// Appends a row, unless the line is empty or a remark.
    void readInto(SparseRows rows) {
        if (!hasToken()) {
            return;
        }
        int from = at;
        int length = token();
        if (!number.read(chars, from, length)) {
            throw wrong(from, length, "a number as label");
        }
        rows.row(number.value());
        int last = 0;
        while (hasToken()) {
            last = element(rows, last);
        }
    }

    private boolean hasToken() {
        while (at < end && chars[at] <= ' ') {
            at++;
        }
        return at < end && chars[at] != '#';
    }

    /// The length of what reaches to the next space.
    private int token() {
        int from = at;
        while (at < end && chars[at] > ' ') {
            at++;
        }
        return at - from;
    }

    /// Appends an element and says its index, which must be larger than the last one.
    private int element(SparseRows rows, int last) {
        int from = at;
        int length = token();
        int colon = from;
        int index = 0;
        while (colon < from + length && chars[colon] >= '0' && chars[colon] <= '9') {
            index = index > 214_748_363 ? Integer.MAX_VALUE : 10 * index + (chars[colon] - '0');
            colon++;
        }
        int first = colon + 1;
        if (colon == from || colon >= from + length || chars[colon] != ':'
                || !number.read(chars, first, from + length - first)) {
            boolean query = new String(chars, from, length).startsWith("qid:");
            throw wrong(from, length, query ? "no queries: ranking is not supported" : "index:value");
        }
        if (index <= last || index > rows.most() || index == Integer.MAX_VALUE) {
            String bound = rows.most() == Integer.MAX_VALUE ? "" : " and at most " + rows.most();
            throw wrong(from, length, last == 0 ? "indices from 1" + bound : "an index above " + last + bound);
        }
        rows.element(index, number.value());
        return index;
    }

    private InputException wrong(int from, int length, String expected) {
        return new InputException("line " + line.line() + ": '" + Names.shown(new String(chars, from, length))
                + "', expected " + expected);
    }
}
