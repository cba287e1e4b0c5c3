package io.quadric.engine.table.file;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;

/// Text of a stream of bytes, of which the beginning can be looked at first. A byte order mark decides the encoding.
/// Bytes that are not text in it are an error that names the line.
final class TextReader extends Reader {
    private static final int BYTES = 1 << 16;

    private final InputStream in;
    private final ByteBuffer bytes = ByteBuffer.allocate(BYTES).flip();
    private final CharsetDecoder decoder;
    private char[] ahead = {};
    private int aheadAt;
    private boolean ended;
    private long line = 1;

    TextReader(InputStream in, Optional<Charset> encoding) throws IOException {
        this.in = in;
        fill();
        Charset charset = marked().orElse(encoding.orElse(StandardCharsets.UTF_8));
        decoder = charset.newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
    }

    private void fill() throws IOException {
        bytes.compact();
        while (!ended && bytes.hasRemaining()) {
            int count = in.read(bytes.array(), bytes.position(), bytes.remaining());
            ended = count < 0;
            bytes.position(bytes.position() + Math.max(0, count));
        }
        bytes.flip();
    }

    private Optional<Charset> marked() {
        if (startsWith(0xef, 0xbb, 0xbf)) {
            return skip(3, StandardCharsets.UTF_8);
        }
        if (startsWith(0xff, 0xfe)) {
            return skip(2, StandardCharsets.UTF_16LE);
        }
        return startsWith(0xfe, 0xff) ? skip(2, StandardCharsets.UTF_16BE) : Optional.empty();
    }

    private boolean startsWith(int... mark) {
        for (int i = 0; i < mark.length; i++) {
            if (i >= bytes.limit() || (bytes.get(i) & 0xff) != mark[i]) {
                return false;
            }
        }
        return true;
    }

    private Optional<Charset> skip(int count, Charset charset) {
        bytes.position(count);
        return Optional.of(charset);
    }

    /// The first characters, as many as there are up to a number; they are still to be read.
    char[] peek(int most) throws IOException {
        char[] first = Arrays.copyOf(ahead, most);
        int count = ahead.length;
        for (int more = 0; count < most && more >= 0; count += Math.max(0, more)) {
            more = decode(first, count, most - count);
        }
        ahead = Arrays.copyOf(first, count);
        return ahead.clone();
    }

    @Override
    public int read(char[] into, int from, int most) throws IOException {
        if (aheadAt == ahead.length) {
            return decode(into, from, most);
        }
        int count = Math.min(most, ahead.length - aheadAt);
        System.arraycopy(ahead, aheadAt, into, from, count);
        aheadAt += count;
        return count;
    }

    private int decode(char[] into, int from, int most) throws IOException {
        CharBuffer out = CharBuffer.wrap(into, from, most);
        CoderResult result = decoder.decode(bytes, out, ended);
        while (result.isUnderflow() && !ended && out.position() == from) {
            fill();
            result = decoder.decode(bytes, out, ended);
        }
        int count = out.position() - from;
        for (int i = from; i < from + count; i++) {
            line += into[i] == '\n' ? 1 : 0;
            if (into[i] == 0) {
                throw new InputException("line " + line + ": a character 0, no text in " + decoder.charset()
                        + "; expected another encoding to be given, perhaps UTF-16LE");
            }
        }
        if (result.isError() && count == 0) {
            throw new InputException(
                    "line " + line + ": byte 0x" + Integer.toHexString(bytes.get(bytes.position()) & 0xff)
                            + " is not text in " + decoder.charset()
                            + ", expected another encoding to be given, such as windows-1252");
        }
        return count == 0 && !out.hasRemaining() || count > 0 ? count : -1;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
