package io.quadric.engine.cases.shard;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.CaseForm;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.file.NamedPipe;
import io.quadric.engine.file.Reason;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.zip.CRC32C;

/// A file of records, mapped into memory: the system reads what is used and drops it again as it needs room. The header
/// and the checksums are compared with the manifest when the file is opened, a record with its checksum whenever it is
/// read.
final class Shard {
    private static final ValueLayout.OfFloat FLOATS = ValueLayout.JAVA_FLOAT_UNALIGNED.withOrder(
            ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfDouble DOUBLES = ValueLayout.JAVA_DOUBLE_UNALIGNED.withOrder(
            ByteOrder.LITTLE_ENDIAN);
    private static final ValueLayout.OfInt INTS = ValueLayout.JAVA_INT_UNALIGNED.withOrder(ByteOrder.LITTLE_ENDIAN);

    private final Path file;
    private final RecordLayout layout;
    private final int cases;
    private final MemorySegment bytes;

    private Shard(Path file, RecordLayout layout, int cases, MemorySegment bytes) {
        this.file = file;
        this.layout = layout;
        this.cases = cases;
        this.bytes = bytes;
    }

    /// Maps a file.
    ///
    /// @param folder of the file
    /// @param entry what the manifest says of it
    /// @param layout of its records
    /// @param firstCase the place of its first case
    static Shard open(Path folder, ShardEntry entry, RecordLayout layout, long firstCase) {
        Path file = NamedPipe.refused(folder.resolve(entry.file()));
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long expected = ShardHeader.fileBytes(layout, entry.cases());
            if (channel.size() != expected) {
                throw new InputException(file + ": " + channel.size() + " bytes, expected " + expected + " for "
                        + entry.cases() + " records");
            }
            MemorySegment bytes = channel.map(MapMode.READ_ONLY, 0, expected, Arena.ofAuto());
            Shard shard = new Shard(file, layout, entry.cases(), bytes);
            shard.requireIntact(entry, firstCase);
            return shard;
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
    }

    private void requireIntact(ShardEntry entry, long firstCase) {
        byte[] header = part(0, ShardHeader.BYTES);
        if (!Arrays.equals(header, ShardHeader.of(layout, firstCase))) {
            throw new InputException(file + ": the header is damaged, expected that of the shard whose first case is "
                    + firstCase);
        }
        byte[] checksums = part(checksumAt(0), cases * ShardHeader.CHECKSUM_BYTES);
        if (!digest(header, checksums).equals(entry.digest())) {
            throw new InputException(file + ": the checksums of the records are damaged, or they are those of other "
                    + "data; expected those of the manifest");
        }
    }

    static String digest(byte[] header, byte[] checksums) {
        Digest digest = new Digest();
        digest.add(header);
        digest.add(checksums);
        return digest.hex();
    }

    private byte[] part(long at, int length) {
        try {
            return bytes.asSlice(at, length).toArray(ValueLayout.JAVA_BYTE);
        } catch (InternalError e) {
            throw shortened();
        }
    }

    private long recordAt(int record) {
        return ShardHeader.BYTES + (long) record * layout.bytes();
    }

    private long checksumAt(int record) {
        return recordAt(cases) + (long) record * ShardHeader.CHECKSUM_BYTES;
    }

    int cases() {
        return cases;
    }

    /// Reads inputs, and targets where they are wanted.
    ///
    /// @param form of the cases that are wanted
    /// @param row that is overwritten
    /// @param x inputs
    /// @param t targets; the same matrix if they are the inputs
    void read(int record, int row, CaseForm form, Matrix x, Matrix t) {
        requireRecord(record);
        try {
            copy(recordAt(record), x, row);
            if (!form.reconstructs()) {
                copy(recordAt(record) + (layout.form().reconstructs() ? 0 : layout.targetsAt()), t, row);
            }
        } catch (InternalError e) {
            throw shortened();
        }
    }

    /// What a mapped page throws that is no longer in the file.
    private InputException shortened() {
        return new InputException(file + ": the file was shortened or cannot be read any more");
    }

    private void requireRecord(int record) {
        try {
            CRC32C crc = new CRC32C();
            crc.update(bytes.asSlice(recordAt(record), layout.bytes()).asByteBuffer());
            if ((int) crc.getValue() != bytes.get(INTS, checksumAt(record))) {
                throw new InputException(file + ": record " + record + " is damaged, its checksum is another one");
            }
        } catch (InternalError e) {
            throw shortened();
        }
    }

    private void copy(long at, Matrix to, int row) {
        int offset = to.rowOffset(row);
        int count = to.columns();
        if (to.precision() != layout.form().precision()) {
            convert(at, to, row);
            return;
        }
        switch (to.precision()) {
            case FLOAT32 -> MemorySegment.copy(bytes, FLOATS, at, to.floats(), offset, count);
            case FLOAT64 -> MemorySegment.copy(bytes, DOUBLES, at, to.doubles(), offset, count);
        }
    }

    private void convert(long at, Matrix to, int row) {
        int offset = to.rowOffset(row);
        for (int j = 0; j < to.columns(); j++) {
            if (to.precision() == Precision.FLOAT64) {
                to.doubles()[offset + j] = bytes.get(FLOATS, at + (long) j * Float.BYTES);
            } else {
                to.floats()[offset + j] = (float) bytes.get(DOUBLES, at + (long) j * Double.BYTES);
            }
        }
    }

    /// How many time steps a case has; it has been read.
    int length(int record) {
        return bytes.get(INTS, recordAt(record) + layout.lengthAt());
    }

    /// What a case counts.
    double weight(int record) {
        requireRecord(record);
        return bytes.get(DOUBLES, recordAt(record) + layout.weightAt());
    }
}
