package io.quadric.engine.cases;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/// SHA-256 of numbers and texts.
public final class Digest {
    /// Numbers that are read at a time, about.
    private static final int BLOCK = 1 << 16;

    private final MessageDigest digest;

    /// Of nothing so far.
    public Digest() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /// {@return the digest of cases}: how many there are and in what form, all inputs, and the targets if they are
    /// others
    ///
    /// @param cases in memory or in files
    public static String of(Cases cases) {
        return cases.knownDigest().orElseGet(() -> {
            CaseForm form = cases.form();
            Digest digest = new Digest();
            digest.add(cases.cases() + " cases, " + form);
            cases.blocks(block(form)).forEach(batch -> digest.add(batch.inputs()));
            if (!form.reconstructs()) {
                cases.blocks(block(form)).forEach(batch -> digest.add(batch.targets()));
            }
            return digest.hex();
        });
    }

    private static int block(CaseForm form) {
        return Math.clamp(BLOCK / form.inputs(), 1, BLOCK);
    }

    private void add(Matrix matrix) {
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
