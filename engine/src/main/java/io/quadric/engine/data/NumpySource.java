package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.array.ElementType;
import io.quadric.engine.array.NdArray;
import io.quadric.engine.array.NpyFile;
import io.quadric.engine.array.NpzFile;
import io.quadric.engine.file.Input;
import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.Argument;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// Arrays of NumPy: an archive `.npz` with features and targets, the first axis of which is the cases; or an array
/// `.npy` whose columns are features but for the targets. Unless they are named, features are the array `X`, `x`,
/// `x_train`, `features` or `data`, and targets `y`, `y_train`, `labels`, `label`, `target` or `targets`; `x_test` and
/// `y_test` validate where they are there. Features are called x1, x2, …, targets y, or y1, y2, ….
///
/// @param file the path
/// @param features name of the array of features
/// @param targets name of the array of targets, or in `.npy` of the columns that are targets
/// @param shape what the axes after the first are
/// @param rules how the table becomes cases
public record NumpySource(
        Path file,
        Optional<String> features,
        @Argument(name = "target") List<String> targets,
        @Argument(otherwise = "features") Axes shape,
        TableRules rules)
        implements TabularSource {
    private static final List<String> FEATURES = List.of("X", "x", "x_train", "X_train", "features", "data");
    private static final List<String> TARGETS = List.of("y", "y_train", "labels", "label", "target", "targets");

    /// What the axes after the first are.
    public enum Axes {
        /// Features.
        FEATURES,
        /// Channels, height and width, or only height and width.
        IMAGE,
        /// Time steps and features.
        SEQUENCE
    }

    private boolean isArchive() {
        return FileKinds.beginsWith(file, "PK");
    }

    private static String name(List<String> there, List<String> usual, String what) {
        return usual.stream()
                .filter(there::contains)
                .findFirst()
                .orElseThrow(() -> new InputException("no array of " + what + " among " + Names.list(there)
                        + ", expected one of " + Names.list(usual)));
    }

    private NdArray inputs() {
        if (!isArchive()) {
            return NpyFile.read(Input.of(file));
        }
        List<String> names = NpzFile.names(file);
        return NpzFile.read(file, features.orElseGet(() -> name(names, FEATURES, "features")));
    }

    private Optional<NdArray> outputs() {
        if (!isArchive()) {
            return Optional.empty();
        }
        List<String> names = NpzFile.names(file);
        List<String> wanted = targets.isEmpty() ? TARGETS : targets;
        return targets.isEmpty() && names.stream().noneMatch(TARGETS::contains)
                ? Optional.empty()
                : Optional.of(NpzFile.read(file, name(names, wanted, "targets")));
    }

    @Override
    public Table read() {
        Table table = table(inputs(), outputs());
        if (isArchive()) {
            return table;
        }
        Table changed = table;
        for (String target : targets) {
            changed = changed.withRole(target, ColumnRole.TARGET);
        }
        return changed;
    }

    private Table table(NdArray inputs, Optional<NdArray> outputs) {
        if (inputs.shape().length == 0) {
            throw new InputException(file + ": a single number, expected an array of cases");
        }
        boolean pixels = shape == Axes.IMAGE && inputs.type() == ElementType.U8;
        Matrix features = inputs.toMatrix(inputs.type() == ElementType.F64 ? Precision.FLOAT64 : Precision.FLOAT32);
        Table table = Table.of(pixels ? features.scale(1.0 / 255) : features);
        return outputs.map(array -> with(table, array)).orElse(table);
    }

    private Table with(Table table, NdArray outputs) {
        if (outputs.shape().length == 0 || outputs.shape()[0] != table.rows()) {
            throw new InputException(file + ": targets " + outputs + " for " + table.rows() + " cases");
        }
        Matrix numbers = outputs.toMatrix(Precision.FLOAT64);
        Table changed = table;
        for (int j = 0; j < numbers.columns(); j++) {
            String name = numbers.columns() == 1 ? "y" : "y" + (j + 1);
            changed = changed.with(name, ColumnRole.TARGET, NumericColumn.of(numbers, j));
        }
        return changed;
    }

    @Override
    public Table read(Schema schema) {
        try {
            boolean wantsTargets = !schema.of(ColumnRole.TARGET).isEmpty();
            return table(inputs(), wantsTargets ? outputs() : Optional.empty()).only(schema);
        } catch (InputException e) {
            throw e.getMessage().startsWith(file.toString()) ? e : e.at(file.toString());
        }
    }

    @Override
    public Optional<Table> validation(Schema schema) {
        if (!isArchive() || features.isPresent()) {
            return Optional.empty();
        }
        List<String> names = NpzFile.names(file);
        Predicate<String> there = names::contains;
        Optional<String> x = List.of("x_test", "X_test").stream().filter(there).findFirst();
        return x.filter(name -> there.test("y_test"))
                .map(name -> table(NpzFile.read(file, name), Optional.of(NpzFile.read(file, "y_test"))).only(schema));
    }

    @Override
    public Scaling scaling() {
        return shape == Axes.IMAGE ? Scaling.NONE : Scaling.STANDARDISE;
    }

    @Override
    public Shape shape(int inputs) {
        int[] axes = inputs().shape();
        return switch (shape) {
            case FEATURES -> new Shape.Features(inputs);
            case IMAGE -> {
                requireAxes(axes, axes.length == 3 ? 3 : 4, "cases, channels, height and width");
                yield new Shape.Image(axes.length == 3 ? 1 : axes[1], axes[axes.length - 2], axes[axes.length - 1]);
            }
            case SEQUENCE -> {
                requireAxes(axes, 3, "cases, time steps and features");
                yield new Shape.Sequence(axes[1], axes[2]);
            }
        };
    }

    private void requireAxes(int[] axes, int count, String what) {
        if (axes.length != count) {
            throw new InputException(file + ": features of " + axes.length + " axes, expected " + what);
        }
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
