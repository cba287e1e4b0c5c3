package io.quadric.engine.cases.shard;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Reason;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;

/// Writes the shards of a part one after the other.
final class PartWriter implements AutoCloseable {
    private static final int BUFFER = 1 << 20;

    private final Path folder;
    private final String part;
    private final int generation;
    private final RecordLayout layout;
    private final int mostCases;
    private final List<ShardEntry> written = new ArrayList<>();
    private final ByteBuffer buffer;
    private ByteBuffer checksums;
    private FileChannel channel;
    private int cases;
    private long before;

    PartWriter(Path folder, String part, int generation, RecordLayout layout, long shardBytes) {
        this.folder = folder;
        this.part = part;
        this.generation = generation;
        this.layout = layout;
        long fitting = (shardBytes - ShardHeader.BYTES) / (layout.bytes() + ShardHeader.CHECKSUM_BYTES);
        mostCases = Math.clamp(fitting, 1, ShardHeader.MOST_CASES);
        buffer = little(Math.max(BUFFER, layout.bytes()));
    }

    private static ByteBuffer little(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    private Path file() {
        return folder.resolve(ShardNames.of(part, generation, written.size()));
    }

    void add(Batch batch) {
        if (before + cases + batch.cases() > Integer.MAX_VALUE - 8) {
            throw new InputException("more than 2^31 cases, expected fewer");
        }
        try {
            for (int i = 0; i < batch.cases(); i++) {
                if (channel == null) {
                    begin();
                }
                write(batch, i);
                if (cases == mostCases) {
                    end();
                }
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }

    private UncheckedIOException notWritten(IOException e) {
        return Reason.notWritten(file(), e);
    }

    private void begin() throws IOException {
        channel = FileChannel.open(file(), StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        buffer.clear().put(ShardHeader.of(layout, before));
        checksums = little(Math.min(mostCases, BUFFER / ShardHeader.CHECKSUM_BYTES) * ShardHeader.CHECKSUM_BYTES);
        cases = 0;
    }

    private void write(Batch batch, int i) throws IOException {
        if (buffer.remaining() < layout.bytes()) {
            flush();
        }
        int start = buffer.position();
        put(batch.inputs(), i);
        if (!layout.form().reconstructs()) {
            put(batch.targets(), i);
        }
        if (layout.lengths()) {
            buffer.putInt(batch.lengths().at(i, 0));
        }
        if (layout.weights()) {
            buffer.putDouble(batch.weights().at(i));
        }
        CRC32C crc = new CRC32C();
        crc.update(buffer.array(), start, layout.bytes());
        if (!checksums.hasRemaining()) {
            checksums = little(Math.multiplyExact(2, checksums.capacity())).put(checksums.flip());
        }
        checksums.putInt((int) crc.getValue());
        cases++;
    }

    private void put(Matrix rows, int i) {
        int at = buffer.position();
        int columns = rows.columns();
        switch (rows.precision()) {
            case FLOAT32 -> buffer.asFloatBuffer().put(rows.floats(), rows.rowOffset(i), columns);
            case FLOAT64 -> buffer.asDoubleBuffer().put(rows.doubles(), rows.rowOffset(i), columns);
        }
        buffer.position(at + columns * rows.precision().bytes());
    }

    private void flush() throws IOException {
        buffer.flip();
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
        buffer.clear();
    }

    private void end() throws IOException {
        flush();
        byte[] sums = Arrays.copyOf(checksums.array(), checksums.position());
        ByteBuffer last = ByteBuffer.wrap(sums);
        while (last.hasRemaining()) {
            channel.write(last);
        }
        channel.force(true);
        channel.close();
        channel = null;
        String digest = Shard.digest(ShardHeader.of(layout, before), sums);
        written.add(new ShardEntry(file().getFileName().toString(), cases, digest));
        before += cases;
        cases = 0;
    }

    /// Ends the last file.
    ///
    /// @return all of them
    List<ShardEntry> finish() {
        try {
            if (channel != null) {
                end();
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
        return List.copyOf(written);
    }

    @Override
    public void close() {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            throw notWritten(e);
        }
    }
}
