package io.quadric.engine.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPOutputStream;

/// Small IDX files for tests.
public final class IdxFiles {
    private IdxFiles() {}

    /// {@return the bytes of an array}
    ///
    /// @param values the elements
    /// @param lengths of the axes
    public static byte[] bytes(byte[] values, int... lengths) {
        ByteBuffer file = ByteBuffer.allocate(4 * (1 + lengths.length) + values.length);
        file.putInt(8 << 8 | lengths.length);
        Arrays.stream(lengths).forEach(file::putInt);
        return file.put(values).array();
    }

    /// {@return the file, written, compressed if its name ends in `.gz`}
    ///
    /// @param file the path
    /// @param content before compression
    /// @throws IOException if it cannot be written
    public static Path write(Path file, byte[] content) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            if (file.toString().endsWith(".gz")) {
                try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
                    gzip.write(content);
                }
            } else {
                out.write(content);
            }
        }
        return file;
    }

    /// {@return the values 0, 1, …, n − 1}
    ///
    /// @param n how many
    public static byte[] count(int n) {
        byte[] values = new byte[n];
        for (int i = 0; i < n; i++) {
            values[i] = (byte) i;
        }
        return values;
    }

    /// Writes a folder of images of 2 × 3 pixels, all different, labelled 0, 1, 0, 1, …
    ///
    /// @param folder an empty folder
    /// @param train images to train on
    /// @param test images to test with, 0 for no test part
    /// @throws IOException if it cannot be written
    public static void folder(Path folder, int train, int test) throws IOException {
        part(folder, "train", train);
        if (test > 0) {
            part(folder, "t10k", test);
        }
    }

    private static void part(Path folder, String prefix, int cases) throws IOException {
        byte[] labels = count(cases);
        for (int i = 0; i < cases; i++) {
            labels[i] %= 2;
        }
        write(folder.resolve(prefix + "-images-idx3-ubyte"), bytes(count(6 * cases), cases, 2, 3));
        write(folder.resolve(prefix + "-labels-idx1-ubyte"), bytes(labels, cases));
    }
}
