package io.quadric.engine.array;

import io.quadric.engine.InputException;
import io.quadric.engine.array.SafetensorsHeader.Entry;
import io.quadric.engine.file.HeapLimit;
import io.quadric.engine.file.Input;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// Tensors in the format safetensors: the length of a header as a little-endian 64-bit number, the header in JSON,
/// padded with spaces to a multiple of eight bytes, and the elements of all tensors.
public final class SafetensorsFile {
    private static final int ALIGNMENT = 8;

    /// As the reference implementation.
    private static final long LONGEST_HEADER = 100_000_000;

    private SafetensorsFile() {}

    /// Reads a file.
    ///
    /// @param input the bytes
    /// @return its tensors and metadata
    /// @throws InputException if it is no such file, truncated or too long, or the header does not fit the elements
    public static Safetensors read(Input input) {
        return input.read("a safetensors file", SafetensorsFile::read);
    }

    private static Safetensors read(InputStream in) throws IOException {
        SafetensorsHeader header = header(in);
        Map<String, NdArray> tensors = new LinkedHashMap<>();
        for (Entry entry : header.entries()) {
            HeapLimit.require("bytes of tensor " + entry.name(), entry.bytes(), 1);
            byte[] bytes = in.readNBytes((int) entry.bytes());
            if (bytes.length < entry.bytes()) {
                throw new InputException("truncated, tensor " + entry.name() + " has " + bytes.length
                        + " bytes, expected " + entry.bytes());
            }
            tensors.put(entry.name(), new NdArray(entry.type(), entry.shape(), bytes));
        }
        if (in.read() >= 0) {
            throw new InputException("bytes after the last tensor, expected the end");
        }
        return new Safetensors(header.metadata(), tensors);
    }

    private static SafetensorsHeader header(InputStream in) throws IOException {
        byte[] size = in.readNBytes(Long.BYTES);
        if (size.length < Long.BYTES) {
            throw new InputException("truncated, " + size.length + " bytes, expected a safetensors file");
        }
        long length = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getLong();
        if (length < 2 || length > LONGEST_HEADER) {
            throw new InputException("no safetensors file, its header would have " + Long.toUnsignedString(length)
                    + " bytes, expected 2 to " + LONGEST_HEADER);
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw new InputException("truncated header of " + text.length + " bytes, expected " + length);
        }
        if (text[0] != '{') {
            throw new InputException("the header does not begin with '{', expected a safetensors file");
        }
        try {
            return SafetensorsHeader.parse(new String(text, StandardCharsets.UTF_8));
        } catch (InputException e) {
            throw e.at("header");
        }
    }

    /// Writes a file. Equal contents give equal bytes.
    ///
    /// @param out where to; not closed
    /// @param contents tensors and metadata
    /// @throws IOException if it cannot be written
    public static void write(OutputStream out, Safetensors contents) throws IOException {
        SafetensorsHeader header = SafetensorsHeader.of(contents);
        byte[] text = header.toJson().getBytes(StandardCharsets.UTF_8);
        int padded = Math.ceilDiv(text.length, ALIGNMENT) * ALIGNMENT;
        out.write(ByteBuffer.allocate(Long.BYTES).order(ByteOrder.LITTLE_ENDIAN).putLong(padded).array());
        out.write(text);
        out.write(" ".repeat(padded - text.length).getBytes(StandardCharsets.US_ASCII));
        for (Entry entry : header.entries()) {
            out.write(contents.tensors().get(entry.name()).bytes());
        }
    }
}
