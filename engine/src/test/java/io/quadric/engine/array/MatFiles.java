package io.quadric.engine.array;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.DeflaterOutputStream;

/// Files of MATLAB, written from the description of the format.
public final class MatFiles {
    private static final int INT8 = 1;
    private static final int UINT8 = 2;
    private static final int INT32 = 5;
    private static final int UINT32 = 6;
    private static final int DOUBLE = 9;

    private final ByteOrder order;
    private final Packing packing;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    /// How arrays lie in the file.
    public enum Packing {
        PLAIN, COMPRESSED
    }

    MatFiles(ByteOrder order, Packing packing) {
        this.order = order;
        this.packing = packing;
        byte[] text = "MATLAB 5.0 MAT-file".getBytes(StandardCharsets.US_ASCII);
        ByteBuffer header = ByteBuffer.allocate(128).order(order).put(text);
        header.putShort(124, (short) 0x0100).putShort(126, (short) ('M' << 8 | 'I'));
        out.writeBytes(header.array());
    }

    private byte[] tagged(int type, byte[] bytes) {
        if (bytes.length <= 4) {
            ByteBuffer small = ByteBuffer.allocate(8).order(order);
            return small.putInt(bytes.length << 16 | type).put(bytes).array();
        }
        ByteBuffer all = ByteBuffer.allocate(8 + (bytes.length + 7) / 8 * 8).order(order);
        return all.putInt(type).putInt(bytes.length).put(bytes).array();
    }

    private MatFiles array(String name, int kind, int[] lengths, byte[] numbers) throws IOException {
        ByteArrayOutputStream parts = new ByteArrayOutputStream();
        parts.writeBytes(tagged(UINT32, ByteBuffer.allocate(8).order(order).putInt(kind).array()));
        ByteBuffer axes = ByteBuffer.allocate(4 * lengths.length).order(order);
        axes.asIntBuffer().put(lengths);
        parts.writeBytes(tagged(INT32, axes.array()));
        parts.writeBytes(tagged(INT8, name.getBytes(StandardCharsets.US_ASCII)));
        parts.writeBytes(numbers);
        byte[] matrix = tagged(14, parts.toByteArray());
        if (packing == Packing.PLAIN) {
            out.writeBytes(matrix);
            return this;
        }
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        try (DeflaterOutputStream zlib = new DeflaterOutputStream(deflated)) {
            zlib.write(matrix);
        }
        out.writeBytes(ByteBuffer.allocate(8).order(order).putInt(15).putInt(deflated.size()).array());
        out.writeBytes(deflated.toByteArray());
        return this;
    }

    MatFiles bytes(String name, int[] lengths, byte[] values) throws IOException {
        return array(name, 9, lengths, tagged(UINT8, values));
    }

    MatFiles doubles(String name, int[] lengths, double... values) throws IOException {
        ByteBuffer numbers = ByteBuffer.allocate(8 * values.length).order(order);
        numbers.asDoubleBuffer().put(values);
        return array(name, 6, lengths, tagged(DOUBLE, numbers.array()));
    }

    MatFiles complex(String name) throws IOException {
        return array(name, 0x0806, new int[]{1, 1}, tagged(UINT8, new byte[]{1}));
    }

    byte[] toByteArray() {
        return out.toByteArray();
    }

    /// The byte of a pixel of a made-up image.
    public static int pixel(int image, int channel, int row, int column) {
        return (image * 31 + channel * 77 + row * 3 + column * 5) % 256;
    }

    /// A part of SVHN with the labels 10, 1, 2, …
    public static Path svhn(Path folder, String part, int cases, Packing packing) throws IOException {
        byte[] pixels = new byte[cases * 3072];
        byte[] labels = new byte[cases];
        int next = 0;
        for (int i = 0; i < cases; i++) {
            labels[i] = (byte) (i % 10 == 0 ? 10 : i % 10);
            for (int line = 0; line < 96; line++) {
                for (int row = 0; row < 32; row++) {
                    pixels[next++] = (byte) pixel(i, line / 32, row, line % 32);
                }
            }
        }
        Files.createDirectories(folder);
        return Files.write(folder.resolve(part + "_32x32.mat"), new MatFiles(ByteOrder.LITTLE_ENDIAN, packing)
                .bytes("X", new int[]{32, 32, 3, cases}, pixels)
                .bytes("y", new int[]{cases, 1}, labels)
                .toByteArray());
    }
}
