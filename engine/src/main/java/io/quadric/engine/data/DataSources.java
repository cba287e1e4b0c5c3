package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.shard.ShardFiles;
import io.quadric.engine.data.problem.LongRangeProblem;
import io.quadric.engine.data.problem.MarkedPair;
import io.quadric.engine.data.problem.Memorisation;
import io.quadric.engine.data.problem.RandomPermutation;
import io.quadric.engine.data.problem.TemporalOrder;
import io.quadric.engine.file.Input;
import io.quadric.engine.file.NamedPipe;
import io.quadric.nn.registry.Registry;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The registries of data: a line for each source and for each made-up problem. Where several kinds recognise a file or
/// folder, the first one takes it.
public final class DataSources {
    /// All kinds.
    public static final Registry<DataSourceKind> KINDS = new Registry<>("data source", DataSourceKind.class, List.of(
            new DataSourceKind("digits", "'digits', which is built in", Digits.class),
            new DataSourceKind(
                    "problem", "made-up sequences such as 'problem:addition,length=30'", ProblemSource.class),
            new DataSourceKind("curves", "made-up curves, 'curves,cases=5000'", Curves.class),
            new DataSourceKind("first", "the first cases of other data, 'first:FOLDER,cases=2000'", Excerpt.class),
            new DataSourceKind(
                    "pictures",
                    "images that are scaled or augmented, 'pictures:FOLDER,crop=4,flip=horizontal,"
                            + "channels=standardised'",
                    ImageInputs.class),
            new DataSourceKind(
                    "shards",
                    "a folder of shards, made by 'quadric data pack' of any other data",
                    ShardFolder.class,
                    ShardFolder::isOne),
            new DataSourceKind(
                    "faces",
                    "a folder with olivetti-images-idx3-ubyte[.gz], also as 'faces:FOLDER,copies=10'",
                    Faces.class,
                    Faces::isOne),
            new DataSourceKind(
                    "cifar-10",
                    "a folder with data_batch_1.bin[.gz] and so on of CIFAR-10",
                    CifarFolder.class,
                    CifarFolder::isOne),
            new DataSourceKind(
                    "cifar-100",
                    "a folder with train.bin[.gz] of CIFAR-100",
                    Cifar100Folder.class,
                    Cifar100Folder::isOne),
            new DataSourceKind(
                    "svhn",
                    "a folder with train_32x32.mat and so on of SVHN",
                    SvhnFolder.class,
                    SvhnFolder::isOne),
            new DataSourceKind(
                    "mnist",
                    "a folder with train-images-idx3-ubyte[.gz] and so on of MNIST",
                    IdxFolder.class,
                    IdxFolder::isOne),
            new DataSourceKind(
                    "images",
                    "a folder with a folder of PNG or JPEG images for each class",
                    ImageSource.class,
                    ImageSource::isOne),
            new DataSourceKind("parquet", "a Parquet file", ParquetSource.class, FileKinds::isParquet),
            new DataSourceKind(
                    "numpy", "an archive .npz with X and y, or an array .npy", NumpySource.class, FileKinds::isNumpy),
            new DataSourceKind(
                    "libsvm", "a file in the format of LIBSVM", LibsvmSource.class, FileKinds::isLibsvm),
            new DataSourceKind(
                    "csv",
                    "a table of separated values, or - for the standard input",
                    CsvSource.class,
                    FileKinds::isText)));

    /// Made-up problems for recurrent networks.
    public static final Registry<LongRangeProblem> PROBLEMS = new Registry<>(
            "problem", LongRangeProblem.class, List.of(
                    new MarkedPair(MarkedPair.Operation.ADDITION),
                    new MarkedPair(MarkedPair.Operation.MULTIPLICATION),
                    new MarkedPair(MarkedPair.Operation.XOR),
                    new TemporalOrder(2),
                    new TemporalOrder(3),
                    new RandomPermutation(),
                    new Memorisation("memory-5-bit", 5, 2),
                    new Memorisation("memory-20-bit", 10, 5)));

    private DataSources() {}

    static DataSource named(String text, Map<String, String> more) {
        for (DataSourceKind kind : KINDS.all()) {
            if (kind.text().isMeant(text)) {
                return kind.text().read(text, more, DataSources::operand);
            }
        }
        Path path = NamedPipe.refused(path(text));
        DataSourceKind kind = KINDS.all().stream()
                .filter(candidate -> candidate.path().test(path))
                .findFirst()
                .orElseThrow(() -> new InputException(text + unknown(path) + expected(text)));
        return kind.text().of(path, more);
    }

    private static String unknown(Path path) {
        if (ShardFiles.isUnfinished(path)) {
            throw new InputException(path + ": shards without a manifest, 'quadric data pack' was not finished; "
                    + "expected the same command again, or other data");
        }
        return Files.exists(path) ? ": a folder of no known data, " : ": no such file or folder, ";
    }

    private static Path path(String text) {
        try {
            return Path.of(text);
        } catch (InvalidPathException e) {
            throw new InputException("'" + text + "' is no path, " + expected(text));
        }
    }

    private static Object operand(Class<?> type, String text) {
        if (type == Path.class) {
            return path(text);
        } else if (type == DataSource.class) {
            return named(text, Map.of());
        } else if (type == LongRangeProblem.class) {
            return InputException.unlessRefused(() -> PROBLEMS.get(text));
        }
        throw new IllegalStateException("an operand of " + type + ", expected a path, a data source or a problem");
    }

    static String expected(String text) {
        return KINDS.expected(text.split("[:,]", 2)[0], "or a file or folder of data");
    }

    /// {@return the kind of some data, if it is registered}
    ///
    /// @param source the data
    public static Optional<DataSourceKind> kind(DataSource source) {
        DataSource registered = source.registered();
        return KINDS.all().stream().filter(kind -> kind.type().type().isInstance(registered)).findFirst();
    }

    static String text(DataSource source) {
        return kind(source)
                .map(kind -> kind.text().write(source.registered(), DataSources::operandText))
                .orElseGet(source::toString);
    }

    /// A source that has a name of its own is a folder that is recognised by its files.
    static String location(DataSource source) {
        return kind(source)
                .map(kind -> kind.text().write(source.registered(), DataSources::operandLocation))
                .orElseGet(source::name);
    }

    private static String operandLocation(Object operand) {
        return switch (operand) {
            case Path path when !path.toString().equals(Input.STANDARD) -> path.toAbsolutePath().normalize().toString();
            case DataSource source -> source.location();
            default -> operandText(operand);
        };
    }

    private static String operandText(Object operand) {
        return switch (operand) {
            case DataSource source -> source.name();
            case LongRangeProblem problem -> problem.name();
            default -> operand.toString();
        };
    }
}
