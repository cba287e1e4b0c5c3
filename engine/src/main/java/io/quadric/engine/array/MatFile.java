package io.quadric.engine.array;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.zip.InflaterInputStream;
import java.util.zip.ZipException;

/// Files of MATLAB of version 5 to 7: a header of 128 bytes and elements, plain or compressed by zlib, of which the
/// real numeric arrays are read ("MAT-File Format", MathWorks). Later ones, of version 7.3, are HDF5 files.
public final class MatFile {
    private static final int HEADER = 128;
    private static final int VERSION = 0x0100;
    private static final int MATRIX = 14;
    private static final int COMPRESSED = 15;

    private MatFile() {}

    /// {@return arrays of a file by their names}; those that are not there are left out.
    ///
    /// @param file the path
    /// @param wanted names of real numeric arrays
    /// @throws InputException if the file cannot be read, is none of MATLAB or damaged, or an array is not real numbers
    public static Map<String, MatArray> read(Path file, Set<String> wanted) {
        return Input.of(file).read("a file of MATLAB", in -> {
            ByteOrder order = header(in);
            Map<String, MatArray> arrays = new LinkedHashMap<>();
            MatElements elements = new MatElements(in, order);
            while (elements.next()) {
                element(elements, wanted, arrays);
            }
            return arrays;
        });
    }

    private static ByteOrder header(InputStream in) throws IOException {
        byte[] header = in.readNBytes(HEADER);
        if (header.length < HEADER) {
            throw new InputException("truncated header of " + header.length + " bytes, expected " + HEADER);
        }
        String text = new String(header, 0, 6, StandardCharsets.ISO_8859_1);
        String end = new String(header, HEADER - 2, 2, StandardCharsets.ISO_8859_1);
        ByteOrder order = end.equals("IM") ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
        int version = ByteBuffer.wrap(header).order(order).getShort(HEADER - 4);
        if (!text.equals("MATLAB") || !end.equals("IM") && !end.equals("MI") || version != VERSION) {
            throw new InputException("no file of MATLAB's version 5, expected one; 'save -v7' writes it");
        }
        return order;
    }

    private static void element(MatElements elements, Set<String> wanted, Map<String, MatArray> arrays)
            throws IOException {
        if (elements.type() == COMPRESSED) {
            byte[] bytes = elements.bytes();
            try (InputStream inflated = new InflaterInputStream(new ByteArrayInputStream(bytes))) {
                MatElements inside = new MatElements(inflated, elements.order());
                if (inside.next() && inside.type() == MATRIX) {
                    MatArray.read(inside, wanted).ifPresent(array -> arrays.put(array.name(), array));
                }
                inflated.transferTo(OutputStream.nullOutputStream()); // to the checksum
            } catch (ZipException e) {
                throw new InputException("compressed data are damaged (" + e.getMessage() + ")");
            } catch (EOFException e) {
                throw new InputException("compressed data are truncated");
            }
        } else if (elements.type() == MATRIX) {
            MatArray.read(elements, wanted).ifPresent(array -> arrays.put(array.name(), array));
        } else {
            elements.skip();
        }
    }
}
