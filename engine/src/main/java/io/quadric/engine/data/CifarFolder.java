package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Reason;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import java.util.zip.ZipException;

/// A folder in the binary format of CIFAR-10 (Krizhevsky 2009): to train, those of `data_batch_1.bin` …
/// `data_batch_5.bin` that are there, the first one at least; to test, the file whose name begins with `test_batch`, if
/// there is one; each plain or with `.gz`. A record is a label and 32 × 32 pixels of red, of green, of blue. Pixels are
/// divided by 255.
///
/// @param folder the path
public record CifarFolder(Path folder) implements DataSource {
    private static final Shape.Image SHAPE = new Shape.Image(3, 32, 32);
    private static final int RECORD = 1 + SHAPE.size();
    private static final int FILES = 5;
    private static final double BRIGHTEST = 255;

    /// {@return whether a folder has the first file}
    ///
    /// @param folder the path
    static boolean isOne(Path folder) {
        return DataFiles.find(folder, "data_batch_1.bin").isPresent();
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        List<Path> files = IntStream.rangeClosed(1, FILES)
                .mapToObj(i -> DataFiles.find(folder, "data_batch_" + i + ".bin"))
                .flatMap(Optional::stream)
                .toList();
        Optional<Batch> test = testFile().map(file -> batch(List.of(file), task, precision));
        return new Dataset(name(), task, SHAPE, batch(files, task, precision), test);
    }

    private Optional<Path> testFile() {
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> found = files.filter(file -> file.getFileName().toString().matches("test_batch.*\\.bin(\\.gz)?"))
                    .sorted()
                    .toList();
            return found.stream().findFirst();
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be listed (" + Reason.of(e) + ")");
        }
    }

    private Batch batch(List<Path> files, Task task, Precision precision) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        files.forEach(file -> read(file, labels, pixels));
        ImageSet.Labels known = new ImageSet.Labels(files.getFirst().toString(), labels.toByteArray());
        ImageSet images = new ImageSet(SHAPE, pixels.toByteArray(), Optional.of(known));
        return images.batch(task, IntStream.range(0, images.count()).toArray(), BRIGHTEST, precision);
    }

    private static void read(Path file, ByteArrayOutputStream labels, ByteArrayOutputStream pixels) {
        try (InputStream in = DataFiles.open(file, "CIFAR-10 records")) {
            long records = 0;
            for (byte[] next = in.readNBytes(RECORD); next.length > 0; next = in.readNBytes(RECORD)) {
                if (next.length < RECORD) {
                    throw new InputException(file + ": truncated, " + next.length + " bytes after " + records
                            + " records, expected records of " + RECORD + " bytes");
                }
                labels.write(next[0]);
                pixels.write(next, 1, RECORD - 1);
                records++;
            }
        } catch (ZipException e) {
            throw new InputException(file + ": not gzip data, expected gzip-compressed CIFAR-10 records");
        } catch (EOFException e) {
            throw new InputException(file + ": the gzip data is truncated, expected a complete file");
        } catch (IOException e) {
            throw Reason.notRead(file, e);
        }
    }
}
