package io.quadric.engine.array;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Reason;
import io.quadric.engine.table.Names;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.CheckedInputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;

/// Named arrays in NumPy's format `.npz`: a ZIP archive of [NpyFile]s, compressed or not.
public final class NpzFile {
    /// Bytes of an archive without members.
    private static final int EMPTY = 22;

    private static final String SUFFIX = ".npy";
    private static final int MEMBERS = 10_000;

    private NpzFile() {}

    /// What is done with an archive.
    @FunctionalInterface
    private interface Reading<T> {
        T read(ZipFile archive, List<ZipEntry> members) throws IOException;
    }

    /// {@return the names of the arrays, in the order of the archive}
    ///
    /// @param file the path
    /// @throws InputException if it is no such archive
    public static List<String> names(Path file) {
        return open(file, (archive, members) -> members.stream().map(NpzFile::name).toList());
    }

    /// {@return one array}
    ///
    /// @param file the path
    /// @param name of the array
    /// @throws InputException if it is no such archive, has no such array, or the array cannot be read
    public static NdArray read(Path file, String name) {
        return open(file, (archive, members) -> {
            for (ZipEntry member : members) {
                if (name(member).equals(name)) {
                    return array(archive, member);
                }
            }
            throw new InputException(Names.unknown("array", name, members.stream().map(NpzFile::name).toList()));
        });
    }

    /// {@return all arrays by name, in the order of the archive}
    ///
    /// @param file the path
    /// @throws InputException if it is no such archive, or an array cannot be read
    public static Map<String, NdArray> read(Path file) {
        return open(file, (archive, members) -> {
            Map<String, NdArray> arrays = new LinkedHashMap<>();
            for (ZipEntry member : members) {
                arrays.put(name(member), array(archive, member));
            }
            return arrays;
        });
    }

    private static <T> T open(Path file, Reading<T> reading) {
        if (!Files.isRegularFile(file)) {
            throw new InputException(file + (Files.exists(file) ? ": not a file" : ": no such file")
                    + ", expected an archive of NumPy");
        }
        try (ZipFile archive = new ZipFile(file.toFile())) {
            List<ZipEntry> members = members(archive, Files.size(file));
            ZipDirectory.check(file);
            return reading.read(archive, members);
        } catch (InputException e) {
            throw e.at(file.toString());
        } catch (ZipException | EOFException e) {
            throw new InputException(file + ": damaged, or no archive of NumPy (" + e.getMessage() + ")");
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
    }

    /// The arrays. Members that share compressed bytes, as in a bomb, take more of them than the file has.
    private static List<ZipEntry> members(ZipFile archive, long fileSize) {
        if (archive.size() > MEMBERS) {
            throw new InputException(archive.size() + " members, expected at most " + MEMBERS);
        }
        List<ZipEntry> members = List.copyOf(archive.stream().toList());
        long compressed = 0;
        Set<String> names = new HashSet<>();
        for (ZipEntry member : members) {
            if (!member.getName().endsWith(SUFFIX) || !names.add(member.getName())) {
                throw new InputException(
                        "member '" + Names.shown(member.getName()) + "', expected different names that "
                                + "end in " + SUFFIX);
            }
            compressed += Math.max(0, member.getCompressedSize());
        }
        if (members.isEmpty() && fileSize > EMPTY) {
            throw new InputException("a list of no members, though the file has " + fileSize + " bytes, expected "
                    + EMPTY);
        }
        if (compressed > fileSize) {
            throw new InputException("the members take " + compressed + " compressed bytes, the file has " + fileSize);
        }
        return members;
    }

    private static String name(ZipEntry member) {
        String name = member.getName();
        return name.substring(0, name.length() - SUFFIX.length());
    }

    private static NdArray array(ZipFile archive, ZipEntry member) throws IOException {
        try (CheckedInputStream in = new CheckedInputStream(archive.getInputStream(member), new CRC32())) {
            NdArray array = NpyFile.read(in);
            if (in.getChecksum().getValue() != member.getCrc()) {
                throw new InputException("damaged, its bytes have another checksum than the archive says");
            }
            return array;
        } catch (InputException e) {
            throw e.at(name(member));
        }
    }

    /// Writes arrays, not compressed.
    ///
    /// @param out where to; not closed
    /// @param arrays by name
    /// @throws IOException if they cannot be written
    /// @throws IllegalArgumentException if NumPy has no such type
    public static void write(OutputStream out, Map<String, NdArray> arrays) throws IOException {
        ZipOutputStream zip = new ZipOutputStream(out);
        for (Map.Entry<String, NdArray> array : arrays.entrySet()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            NpyFile.write(bytes, array.getValue());
            store(zip, array.getKey() + SUFFIX, bytes.toByteArray());
        }
        zip.finish();
    }

    private static void store(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        CRC32 sum = new CRC32();
        sum.update(bytes);
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(bytes.length);
        entry.setCrc(sum.getValue());
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }
}
