package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.table.Blocks;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.engine.table.file.LibsvmFile;
import io.quadric.linalg.Precision;
import io.quadric.nn.registry.Argument;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/// A file in the format of LIBSVM, or the standard input, `-`. Features are scaled to [0, 1], which leaves most of
/// these files as they are.
///
/// @param file the path
/// @param features how many there are; 0 for the largest index that occurs
/// @param rules how the table becomes cases
public record LibsvmSource(Path file, @Argument(otherwise = "0") int features, TableRules rules)
        implements TabularSource {
    /// Checks the number.
    ///
    /// @throws InputException if there are fewer than 0 features
    public LibsvmSource {
        if (features < 0) {
            throw new InputException("libsvm: features=" + features + ", expected at least 1, or 0 for the largest "
                    + "index that occurs");
        }
    }

    @Override
    public Table read() {
        if (features == 0) {
            return LibsvmFile.read(FileKinds.input(file), Precision.FLOAT64, OptionalInt.empty());
        }
        try {
            return LibsvmFile.read(FileKinds.input(file), Precision.FLOAT64, OptionalInt.of(features));
        } catch (InputException e) {
            throw e.at("features=" + features);
        }
    }

    @Override
    public Table read(Schema schema) {
        List<Table> whole = new ArrayList<>();
        read(schema, new Blocks(Integer.MAX_VALUE, whole::add));
        return whole.getFirst();
    }

    @Override
    public void read(Schema schema, Blocks blocks) {
        List<String> names = schema.only(ColumnRole.FEATURE).names();
        if (!names.equals(IntStream.rangeClosed(1, names.size()).mapToObj(Integer::toString).toList())) {
            throw new InputException(file + ": the columns are called 1, 2, 3, …, expected " + Names.list(names));
        }
        LibsvmFile.read(
                FileKinds.input(file),
                Precision.FLOAT64,
                names.size(),
                new Blocks(blocks.rows(), table -> blocks.each().accept(table.only(schema))));
    }

    @Override
    public Scaling scaling() {
        return Scaling.MIN_MAX;
    }

    @Override
    public Optional<Path> path() {
        return Optional.of(file);
    }

    @Override
    public String description() {
        return file.toString();
    }
}
