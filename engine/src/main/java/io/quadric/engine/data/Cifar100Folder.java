package io.quadric.engine.data;

import io.quadric.engine.cases.Cases;
import io.quadric.linalg.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A folder in the binary format of CIFAR-100 (Krizhevsky 2009): `train.bin` and, if there is one, `test.bin`, each
/// plain or with `.gz`. A record has a coarse and a fine label, of which the fine one, of 100 classes, is the class.
///
/// @param folder the path
public record Cifar100Folder(Path folder) implements DataSource {
    private static final CifarRecords RECORDS = new CifarRecords("CIFAR-100", 2, 100);
    private static final String TRAIN = "train.bin";

    /// {@return whether a folder has the file to train on}
    ///
    /// @param folder the path
    static boolean isOne(Path folder) {
        return DataFiles.find(folder, TRAIN).isPresent();
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        Cases train = RECORDS.cases(List.of(DataFiles.require(folder, TRAIN)), task, precision);
        Optional<Cases> test = DataFiles.find(folder, "test.bin")
                .map(file -> RECORDS.cases(List.of(file), task, precision));
        return new Dataset(name(), task, CifarRecords.SHAPE, train, test);
    }
}
