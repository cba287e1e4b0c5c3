package io.quadric.engine.tensorboard;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.zip.CRC32C;

/// Records of bytes, as TensorFlow writes them: the length in eight bytes, its checksum in four, the bytes, their
/// checksum in four; all numbers with the lowest byte first. A checksum is CRC-32C, rotated right by 15 bits plus a
/// constant, since checksums of texts that hold checksums are weak.
final class RecordWriter implements AutoCloseable {
    private static final int MASK = 0xa282ead8;

    private final OutputStream out;

    RecordWriter(OutputStream out) {
        this.out = out;
    }

    void write(byte[] record) throws IOException {
        ByteBuffer buffer = ByteBuffer.allocate(Long.BYTES + Integer.BYTES + record.length + Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putLong(record.length);
        buffer.putInt(checksum(buffer.array(), Long.BYTES)).put(record).putInt(checksum(record, record.length));
        out.write(buffer.array());
        out.flush();
    }

    private static int checksum(byte[] bytes, int count) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, count);
        return Integer.rotateRight((int) crc.getValue(), 15) + MASK;
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
