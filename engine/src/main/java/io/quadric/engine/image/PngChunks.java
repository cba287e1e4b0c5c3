package io.quadric.engine.image;

import io.quadric.engine.InputException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;

/// The parts of a PNG file, each of which has a checksum. `ImageIO` does not look at it.
///
/// Source: W3C, "Portable Network Graphics (PNG) Specification", §5.
final class PngChunks {
    private static final long SIGNATURE = 0x89504e470d0a1a0aL;
    private static final String LAST = "IEND";

    /// Length, type and checksum.
    private static final int AROUND = 12;

    private PngChunks() {}

    /// Looks at a file, unless it is something else.
    ///
    /// @throws InputException if a part is damaged or missing
    static void check(byte[] file) {
        ByteBuffer in = ByteBuffer.wrap(file);
        if (in.remaining() < Long.BYTES || in.getLong() != SIGNATURE) {
            return;
        }
        for (String type = ""; !type.equals(LAST);) {
            int length = in.remaining() < AROUND ? -1 : in.getInt();
            if (length < 0 || length > in.remaining() - AROUND + Integer.BYTES) {
                throw new InputException("a damaged PNG image, its parts do not end within the file");
            }
            type = new String(file, in.position(), Integer.BYTES, StandardCharsets.ISO_8859_1);
            CRC32 sum = new CRC32();
            sum.update(file, in.position(), Integer.BYTES + length);
            in.position(in.position() + Integer.BYTES + length);
            if (in.getInt() != (int) sum.getValue()) {
                throw new InputException("a damaged PNG image, the bytes before byte " + in.position()
                        + " have another checksum than the file says");
            }
        }
    }
}
