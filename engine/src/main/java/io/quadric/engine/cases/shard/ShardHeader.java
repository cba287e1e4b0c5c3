package io.quadric.engine.cases.shard;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/// The first bytes of a shard: `QUADRIC\n`, the version of the format and the bytes of a record in four bytes each, and
/// in eight bytes the place of the shard's first case in its part; then come the records, and after them the CRC-32C of
/// each in four bytes. All numbers are little-endian.
final class ShardHeader {
    static final int BYTES = 24;
    static final int CHECKSUM_BYTES = 4;

    /// So that the checksums of a shard are read at once.
    static final int MOST_CASES = 1 << 20;

    private static final int VERSION = 1;

    private ShardHeader() {}

    static byte[] of(RecordLayout layout, long firstCase) {
        return ByteBuffer.allocate(BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .put("QUADRIC\n".getBytes(StandardCharsets.US_ASCII))
                .putInt(VERSION)
                .putInt(layout.bytes())
                .putLong(firstCase)
                .array();
    }

    static long fileBytes(RecordLayout layout, int cases) {
        return BYTES + cases * ((long) layout.bytes() + CHECKSUM_BYTES);
    }
}
