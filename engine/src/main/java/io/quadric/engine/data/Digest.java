package io.quadric.engine.data;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of numbers and texts.
public final class Digest {
    private final MessageDigest digest;

    /// Of nothing so far.
    public Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// {@return the digest of a batch}: shapes, inputs and targets
    ///
    /// @param batch the cases
    public static String of(Batch batch) {
        Digest digest = new Digest();
        digest.add(batch.inputs());
        if (batch.targets() != batch.inputs()) {
            digest.add(batch.targets());
        }
        return digest.hex();
    }

    private void add(Matrix matrix) {
        add(matrix.toString());
        for (int i = 0; i < matrix.rows(); i++) {
            add(matrix.row(i));
        }
    }

    private void add(Vector values) {
        ByteBuffer bytes = ByteBuffer.allocate(values.size() * values.precision().bytes())
                .order(ByteOrder.LITTLE_ENDIAN);
        switch (values.precision()) {
            case FLOAT32 -> bytes.asFloatBuffer().put(values.floats(), values.offset(), values.size());
            case FLOAT64 -> bytes.asDoubleBuffer().put(values.doubles(), values.offset(), values.size());
        }
        digest.update(bytes);
    }

    /// Adds a text, with its length before it.
    ///
    /// @param text the text
    public void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    /// Adds bytes, with their number before them.
    ///
    /// @param bytes the bytes
    public void add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes.length));
        digest.update(bytes);
    }

    /// {@return the digest in hexadecimal digits}; nothing can be added after it.
    public String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
