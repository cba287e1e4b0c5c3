package io.quadric.engine.array;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;

/// The directory at the end of a ZIP archive, from which [java.util.zip.ZipFile] takes the names of members. Each one
/// begins with its name too. No checksum covers either, so that damage to a name shows in nothing but a difference.
///
/// Source: PKWARE, "APPNOTE.TXT - .ZIP File Format Specification", §4.3.
final class ZipDirectory {
    private static final int MEMBER = 0x04034b50;
    private static final int MEMBER_BYTES = 30;
    private static final int ENTRY = 0x02014b50;
    private static final int ENTRY_BYTES = 46;
    private static final int END = 0x06054b50;
    private static final int END_BYTES = 22;
    private static final int LARGE_END = 0x06064b50;
    private static final int LARGE_END_BYTES = 56;
    private static final int LOCATOR = 0x07064b50;
    private static final int LOCATOR_BYTES = 20;

    /// A number of 32 bits that is elsewhere, with 64.
    private static final long ELSEWHERE = 0xffffffffL;
    private static final int LARGE_NUMBERS = 1;

    private static final int LONGEST_COMMENT = 0xffff;

    private final FileChannel archive;

    private ZipDirectory(FileChannel archive) {
        this.archive = archive;
    }

    /// Looks at the names of all members.
    ///
    /// @throws ZipException if a member is called otherwise where it begins, or the directory is not found
    static void check(Path file) throws IOException {
        try (FileChannel archive = FileChannel.open(file)) {
            new ZipDirectory(archive).check();
        }
    }

    private void check() throws IOException {
        long end = end();
        ByteBuffer last = bytes(end, END_BYTES);
        long size = Integer.toUnsignedLong(last.getInt(12));
        long place = Integer.toUnsignedLong(last.getInt(16));
        if (size == ELSEWHERE || place == ELSEWHERE) {
            ByteBuffer locator = record(LOCATOR, end - LOCATOR_BYTES, LOCATOR_BYTES);
            end = locator.getLong(8);
            ByteBuffer large = record(LARGE_END, end, LARGE_END_BYTES);
            size = large.getLong(40);
            place = large.getLong(48);
        }
        long beginning = end - size - place; // of the archive in the file
        for (long at = end - size; at < end;) {
            ByteBuffer entry = record(ENTRY, at, ENTRY_BYTES);
            int name = entry.getShort(28) & 0xffff;
            int extra = entry.getShort(30) & 0xffff;
            ByteBuffer large = bytes(at + ENTRY_BYTES + name, extra);
            checkName(bytes(at + ENTRY_BYTES, name).array(), beginning + place(entry, large));
            at += ENTRY_BYTES + name + extra + (entry.getShort(32) & 0xffff);
        }
    }

    /// Where the last record begins, which ends with a comment.
    private long end() throws IOException {
        long size = archive.size();
        int length = (int) Math.min(size, END_BYTES + LONGEST_COMMENT);
        ByteBuffer tail = bytes(size - length, length);
        for (int at = length - END_BYTES; at >= 0; at--) {
            if (tail.getInt(at) == END && at + END_BYTES + (tail.getShort(at + 20) & 0xffff) == length) {
                return size - length + at;
            }
        }
        throw new ZipException("no directory at its end");
    }

    /// Where the member of an entry begins. Large numbers are in the order of the entry, those that do not fit there.
    private static long place(ByteBuffer entry, ByteBuffer extra) throws ZipException {
        long place = Integer.toUnsignedLong(entry.getInt(42));
        if (place != ELSEWHERE) {
            return place;
        }
        int before = 0;
        for (int field : new int[]{24, 20}) {
            before += Integer.toUnsignedLong(entry.getInt(field)) == ELSEWHERE ? Long.BYTES : 0;
        }
        while (extra.remaining() >= 4) {
            int kind = extra.getShort() & 0xffff;
            int length = extra.getShort() & 0xffff;
            if (kind == LARGE_NUMBERS && before + Long.BYTES <= Math.min(length, extra.remaining())) {
                return extra.getLong(extra.position() + before);
            }
            extra.position(Math.min(extra.limit(), extra.position() + length));
        }
        throw new ZipException("no place of a member");
    }

    private void checkName(byte[] name, long place) throws IOException {
        ByteBuffer member = record(MEMBER, place, MEMBER_BYTES);
        byte[] there = bytes(place + MEMBER_BYTES, member.getShort(26) & 0xffff).array();
        if (!Arrays.equals(name, there)) {
            throw new ZipException("its directory calls '" + new String(name, StandardCharsets.UTF_8)
                    + "' what begins as '" + new String(there, StandardCharsets.UTF_8) + "'");
        }
    }

    private ByteBuffer record(int kind, long at, int length) throws IOException {
        ByteBuffer record = bytes(at, length);
        if (record.getInt(0) != kind) {
            throw new ZipException("no record " + Integer.toHexString(kind) + " at byte " + at);
        }
        return record;
    }

    private ByteBuffer bytes(long at, int length) throws IOException {
        if (at < 0 || at > archive.size() - length) {
            throw new ZipException(length + " bytes from byte " + at + " on, the file has " + archive.size());
        }
        ByteBuffer bytes = ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN);
        int read = 0;
        while (bytes.hasRemaining() && read >= 0) {
            read = archive.read(bytes, at + bytes.position());
        }
        return bytes.rewind();
    }
}
