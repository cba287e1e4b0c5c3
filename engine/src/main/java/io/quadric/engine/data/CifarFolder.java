package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.file.Reason;
import io.quadric.linalg.Precision;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A folder in the binary format of CIFAR-10 (Krizhevsky 2009): to train, those of `data_batch_1.bin` …
/// `data_batch_5.bin` that are there, the first one at least; to test, the file whose name begins with `test_batch`, if
/// there is one; each plain or with `.gz`.
///
/// @param folder the path
public record CifarFolder(Path folder) implements DataSource {
    private static final CifarRecords RECORDS = new CifarRecords("CIFAR-10", 1, 10);
    private static final int FILES = 5;

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
        if (files.isEmpty()) {
            DataFiles.require(folder, "data_batch_1.bin");
        }
        Optional<Cases> test = testFile().map(file -> RECORDS.cases(List.of(file), task, precision));
        return new Dataset(name(), task, CifarRecords.SHAPE, RECORDS.cases(files, task, precision), test);
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
}
