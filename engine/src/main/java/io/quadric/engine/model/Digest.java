package io.quadric.engine.model;

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
final class Digest {
    private final MessageDigest digest;

    Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// The digest of a batch: shapes, inputs and targets.
    static String of(Batch batch) {
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

    /// A text, with its length before it.
    void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    void add(byte[] bytes) {
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, bytes.length));
        digest.update(bytes);
    }

    String hex() {
        return HexFormat.of().formatHex(digest.digest());
    }
}
