package io.quadric.engine.table.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.Reader;
import java.util.Arrays;

/// Lines of a text as characters in an array that the next line overwrites.
final class LineReader {
    private static final int LONGEST = 1 << 26;

    private final Reader text;
    private final char[] block = new char[1 << 14];
    private int at;
    private int end;
    private char[] chars = new char[1 << 10];
    private int length;
    private long line;

    LineReader(Reader text) {
        this.text = text;
    }

    /// Reads the next line, if there is one.
    boolean next() throws IOException {
        length = 0;
        line++;
        boolean any = false;
        while (at < end || fill()) {
            any = true;
            char c = block[at++];
            if (c == '\n') {
                return true;
            }
            append(c);
        }
        return any;
    }

    private boolean fill() throws IOException {
        at = 0;
        end = text.read(block, 0, block.length);
        return end > 0;
    }

    private void append(char c) {
        if (length == LONGEST) {
            throw new InputException("line " + line + " is longer than " + LONGEST + " characters");
        }
        chars = length < chars.length ? chars : Arrays.copyOf(chars, 2 * length);
        chars[length++] = c;
    }

    char[] chars() {
        return chars;
    }

    int length() {
        return length;
    }

    /// The number of the line, from 1.
    long line() {
        return line;
    }
}
