package io.quadric.engine.file;

import io.quadric.engine.InputException;
import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/// Bytes to read from: a file, the standard input or memory. What begins with the magic number of gzip is decompressed,
/// whatever it is called.
public final class Input {
    /// The name on the command line that means the standard input.
    public static final String STANDARD = "-";

    private static final int BUFFER = 1 << 16;

    /// The magic number of gzip and the only method of compression it has.
    private static final int GZIP = 0x1f8b08;

    private final String name;
    private final Opener opener;

    private Input(String name, Opener opener) {
        this.name = name;
        this.opener = opener;
    }

    @FunctionalInterface
    private interface Opener {
        InputStream open(String expected) throws IOException;
    }

    /// What is done with the bytes.
    ///
    /// @param <T> what it comes to
    @FunctionalInterface
    public interface Reading<T> {
        /// Reads.
        ///
        /// @param in the bytes, decompressed
        /// @return what it comes to
        /// @throws IOException if the bytes cannot be read
        T read(InputStream in) throws IOException;
    }

    /// {@return the bytes of a file}
    ///
    /// @param file the path
    public static Input of(Path file) {
        return new Input(file.toString(), expected -> open(file, expected));
    }

    /// {@return the standard input}
    public static Input standard() {
        return new Input("standard input", expected -> new Unclosed(System.in));
    }

    /// {@return bytes in memory}
    ///
    /// @param name what they are called in messages
    /// @param bytes read, not copied
    public static Input of(String name, byte[] bytes) {
        return new Input(name, expected -> new ByteArrayInputStream(bytes));
    }

    private static InputStream open(Path file, String expected) throws IOException {
        if (Files.isDirectory(file)) {
            throw new InputException("a folder, expected " + expected);
        }
        if (!Files.exists(file)) {
            throw new InputException("no such file, expected " + expected);
        }
        if (NamedPipe.isOne(file)) {
            throw new InputException("a named pipe, expected " + expected + " as a file, or - for the standard input");
        }
        return Files.newInputStream(file);
    }

    /// {@return what it is called in messages}
    public String name() {
        return name;
    }

    /// Opens the bytes, reads them and closes them.
    ///
    /// @param <T> what the reading comes to
    /// @param expected what the bytes should be, for messages: "a CSV file"
    /// @param reading is given the decompressed bytes
    /// @return what the reading came to
    /// @throws InputException if they cannot be read, or the reading finds them malformed; the message begins with the
    ///     name
    public <T> T read(String expected, Reading<T> reading) {
        try (InputStream in = decompressed(new BufferedInputStream(opener.open(expected), BUFFER))) {
            return reading.read(in);
        } catch (InputException e) {
            throw e.at(name);
        } catch (UncheckedIOException e) {
            throw complaint(e.getCause(), expected);
        } catch (IOException e) {
            throw complaint(e, expected);
        }
    }

    private InputException complaint(IOException e, String expected) {
        return new InputException(name + switch (e) {
            case ZipException damaged -> ": the gzip data is damaged (" + e.getMessage() + ")";
            case EOFException truncated -> ": the data is truncated, expected " + expected;
            default -> ": cannot be read (" + Reason.of(e) + ")";
        });
    }

    private static InputStream decompressed(BufferedInputStream in) throws IOException {
        in.mark(3);
        int magic = in.read() << 16 | in.read() << 8 | in.read();
        in.reset();
        return magic == GZIP ? new GZIPInputStream(in, BUFFER) : in;
    }

    /// Leaves the standard input open.
    private static final class Unclosed extends FilterInputStream {
        Unclosed(InputStream in) {
            super(in);
        }

        @Override
        public int read(byte[] bytes, int from, int count) throws IOException {
            return in.read(bytes, from, count);
        }

        @Override
        public void close() {
            // the standard input is not ours to close
        }
    }
}
