package io.quadric.engine.table.file;

import dev.hardwood.InputFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A Parquet file that refuses to be read where it has nothing. Hardwood 1.0.1 follows a page that claims to be longer
/// than its column by reading no bytes, again and again.
final class CheckedInputFile implements InputFile {
    private final InputFile file;

    CheckedInputFile(Path path) {
        file = InputFile.of(path);
    }

    @Override
    public void open() throws IOException {
        file.open();
    }

    @Override
    public ByteBuffer readRange(long offset, int length) throws IOException {
        if (length <= 0 || offset < 0 || offset > length() - length) {
            throw new EOFException(length + " bytes from byte " + offset + " on are asked for, the file has "
                    + length());
        }
        return file.readRange(offset, length);
    }

    @Override
    public long length() throws IOException {
        return file.length();
    }

    @Override
    public String name() {
        return file.name();
    }

    @Override
    public void close() throws IOException {
        file.close();
    }
}
