package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.file.Input;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// The records of a binary version of CIFAR (Krizhevsky 2009): labels, a byte each, and 32 × 32 pixels of red, of
/// green, of blue, which are divided by 255.
///
/// @param name of the version
/// @param labels of a record; the last one is the class
/// @param classes how many there are
record CifarRecords(String name, int labels, int classes) {
    static final Shape.Image SHAPE = new Shape.Image(3, 32, 32);
    private static final double BRIGHTEST = 255;

    /// The cases of some files.
    ///
    /// @param files at least one, plain or gzip-compressed
    Cases cases(List<Path> files, Task task, Precision precision) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream known = new ByteArrayOutputStream();
        for (Path file : files) {
            Input.of(file).read(name + " records", in -> read(in, known, pixels));
        }
        String from = files.size() == 1 ? files.getFirst().toString() : files.getFirst().getParent().toString();
        ImageSet images = new ImageSet(
                SHAPE, pixels.toByteArray(), Optional.of(new ImageSet.Labels(from, known.toByteArray())));
        return images.cases(task, IntStream.range(0, images.count()).toArray(), BRIGHTEST, precision);
    }

    private int read(InputStream in, ByteArrayOutputStream known, ByteArrayOutputStream pixels) throws IOException {
        int length = labels + SHAPE.size();
        int records = 0;
        for (byte[] next = in.readNBytes(length); next.length > 0; next = in.readNBytes(length)) {
            if (next.length < length) {
                throw new InputException("truncated, " + next.length + " bytes after " + records
                        + " records, expected records of " + length + " bytes");
            }
            int label = next[labels - 1] & 0xff;
            if (label >= classes) {
                throw new InputException(
                        "label " + label + " of record " + records + ", expected 0 to " + (classes - 1));
            }
            known.write(label);
            pixels.write(next, labels, SHAPE.size());
            records++;
        }
        if (records == 0) {
            throw new InputException("the file is empty, expected " + name + " records");
        }
        return records;
    }
}
