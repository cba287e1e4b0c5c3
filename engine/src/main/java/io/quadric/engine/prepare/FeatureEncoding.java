package io.quadric.engine.prepare;

import io.quadric.engine.InputException;
import io.quadric.engine.prepare.FeatureEncoder.Block;
import io.quadric.engine.prepare.FeatureEncoder.Rows;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.ColumnType;
import io.quadric.engine.table.Field;
import io.quadric.engine.table.Names;
import io.quadric.engine.table.NumericColumn;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// From the feature columns of a table to a network's inputs.
public final class FeatureEncoding {
    private static final int BLOCK = 256;

    private final List<FeatureEncoder> encoders;
    private final int[] places;
    private final int width;

    /// Puts encoders together.
    ///
    /// @param encoders one for each column, in the order of the inputs
    /// @throws IllegalArgumentException if there is none
    public FeatureEncoding(List<FeatureEncoder> encoders) {
        if (encoders.isEmpty()) {
            throw new IllegalArgumentException("no feature, expected at least one column");
        }
        this.encoders = List.copyOf(encoders);
        places = new int[encoders.size()];
        int next = 0;
        for (int j = 0; j < places.length; j++) {
            places[j] = next;
            next += encoders.get(j).outputs().size();
        }
        width = next;
    }

    /// {@return what fits the features of training data}
    ///
    /// @param train the data
    /// @param rules how
    /// @throws InputException if there is no feature, or a number is infinite
    public static FeatureEncoding fit(Table train, PreparationRules rules) {
        List<FeatureEncoder> encoders = new ArrayList<>();
        for (Field field : train.schema().of(ColumnRole.FEATURE)) {
            encoders.add(switch (train.column(field.name())) {
                case NumericColumn numbers -> NumberEncoder.fit(field.name(), numbers, rules);
                case CategoricalColumn categories -> CategoryEncoder.fit(field.name(), categories, rules);
            });
        }
        if (encoders.isEmpty()) {
            throw new InputException("no column is a feature, expected at least one among "
                    + Names.list(train.schema().names()));
        }
        return new FeatureEncoding(encoders);
    }

    /// {@return the encoders in order}
    public List<FeatureEncoder> encoders() {
        return encoders;
    }

    /// {@return the columns it reads}
    public Schema schema() {
        return new Schema(encoders.stream()
                .map(encoder -> new Field(
                        encoder.column(),
                        encoder instanceof NumberEncoder ? ColumnType.NUMERIC : ColumnType.CATEGORICAL,
                        ColumnRole.FEATURE))
                .toList());
    }

    /// {@return the number of inputs}
    public int width() {
        return width;
    }

    /// {@return the names of the inputs}
    public List<String> outputs() {
        return encoders.stream().flatMap(encoder -> encoder.outputs().stream()).toList();
    }

    /// {@return the inputs, a case in each row}
    ///
    /// @param table has the columns, in any order
    /// @param precision of the matrix
    /// @throws InputException if a column is missing or a value cannot be encoded
    public Matrix encode(Table table, Precision precision) {
        Matrix inputs = Matrix.zeros(precision, table.rows(), width);
        encode(table, inputs);
        return inputs;
    }

    /// Encodes a table.
    ///
    /// @param table has the columns, in any order
    /// @param inputs overwritten, a case in each row
    /// @throws InputException if a column is missing or a value cannot be encoded
    /// @throws IllegalArgumentException if the matrix has another shape
    public void encode(Table table, Matrix inputs) {
        if (inputs.rows() != table.rows() || inputs.columns() != width) {
            throw new IllegalArgumentException("inputs " + inputs + ", expected " + table.rows() + " × " + width);
        }
        double[] values = new double[Math.min(BLOCK, table.rows()) * width];
        for (int from = 0; from < table.rows(); from += BLOCK) {
            Rows rows = new Rows(from, Math.min(table.rows(), from + BLOCK));
            for (int j = 0; j < places.length; j++) {
                FeatureEncoder encoder = encoders.get(j);
                encoder.encode(table.column(encoder.column()), rows, new Block(values, width, places[j]));
            }
            int count = rows.to() - from;
            inputs.rows(from, rows.to()).copyFrom(Matrix.of(values.length / width, width, values).rows(0, count));
        }
    }

    /// Encodes a row of numbers.
    ///
    /// @param row one for each column, in order; NaN if it is missing
    /// @param inputs overwritten
    /// @throws InputException if a value cannot be encoded
    /// @throws IllegalArgumentException if there are more or fewer numbers than columns
    public void encode(double[] row, double[] inputs) {
        encode(row, inputs, 0);
    }

    /// Encodes a row of numbers among others.
    ///
    /// @param row one for each column, in order; NaN if it is missing
    /// @param inputs of several rows
    /// @param from the position of this row's first input, overwritten
    /// @throws InputException if a value cannot be encoded
    /// @throws IllegalArgumentException if there are more or fewer numbers than columns
    public void encode(double[] row, double[] inputs, int from) {
        requireWidth(row.length);
        for (int j = 0; j < places.length; j++) {
            int at = from + places[j];
            if (!(encoders.get(j) instanceof NumberEncoder numbers)) {
                encoders.get(j).encode((Object) row[j], inputs, at);
            } else if (!numbers.encodeNumber(row[j], inputs, at)) {
                numbers.encode((Object) row[j], inputs, at);
            }
        }
    }

    /// Throws if rows of numbers have another length than there are columns.
    ///
    /// @param length of a row
    /// @throws IllegalArgumentException if it is another
    public void requireWidth(int length) {
        if (length != places.length) {
            throw new IllegalArgumentException(length + " values, expected " + places.length + ": "
                    + Names.list(schema().names()));
        }
    }

    /// Encodes a row by the names of its columns.
    ///
    /// @param row a number or a text for each column; NaN, an empty text or null if it is missing; others are left
    ///     aside
    /// @param inputs overwritten
    /// @throws InputException if a column is missing or a value cannot be encoded
    public void encode(Map<String, ?> row, double[] inputs) {
        for (int j = 0; j < places.length; j++) {
            FeatureEncoder encoder = encoders.get(j);
            if (!row.containsKey(encoder.column())) {
                throw new InputException("column '" + encoder.column() + "' is missing among "
                        + Names.list(row.keySet().stream().map(String::valueOf).sorted().toList()));
            }
            encoder.encode(row.get(encoder.column()), inputs, places[j]);
        }
    }
}
