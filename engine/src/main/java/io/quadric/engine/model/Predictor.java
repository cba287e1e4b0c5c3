package io.quadric.engine.model;

import io.quadric.engine.prepare.FeatureEncoding;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Inputs;
import io.quadric.nn.Model;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Lengths;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/// What one prediction at a time needs: buffers for some rows, and scratch for the network. It belongs to one thread at
/// a time.
final class Predictor {
    private final Model model;
    private final Preparation preparation;
    private final Parameters parameters;
    private final NormalizationStatistics statistics;
    private final Workspace ws = Workspace.serial();
    private final double[] encoded;
    private final double[] values;
    private final Matrix inputs;
    private final Matrix means;
    private final Matrix wide;
    private final Optional<RowPass> row;

    /// For at most `rows` rows at a time.
    ///
    /// @param model that of the trained model, or the same for longer sequences
    Predictor(TrainedModel trained, Model model, int rows) {
        this.model = model;
        preparation = trained.preparation();
        parameters = trained.parameters();
        statistics = trained.statistics();
        FeatureEncoding features = preparation.features();
        Precision precision = parameters.values().precision();
        encoded = new double[rows * features.width()];
        values = new double[features.encoders().size()];
        inputs = Matrix.zeros(precision, rows, features.width());
        means = Matrix.zeros(precision, rows, model.targets().size());
        wide = Matrix.of(rows, features.width(), encoded);
        row = rows == 1 ? RowPass.of(model, parameters, inputs, means) : Optional.empty();
    }

    /// Rows that fit.
    int capacity() {
        return inputs.rows();
    }

    void predict(double[] row, double[] out) {
        preparation.features().encode(row, encoded);
        predict(1);
        read(0, out);
    }

    void predict(Map<String, ?> row, double[] out) {
        preparation.features().encode(row, encoded);
        predict(1);
        read(0, out);
    }

    /// Rows `from` … of matrices, as many as fit.
    int predict(Matrix rows, Matrix out, int from) {
        int count = Math.min(capacity(), rows.rows() - from);
        int width = preparation.features().width();
        for (int i = 0; i < count; i++) {
            read(rows, from + i);
            preparation.features().encode(values, encoded, i * width);
        }
        predict(count);
        write(count, out, from);
        return count;
    }

    /// Inputs that are encoded already.
    int predictEncoded(Inputs cases, Matrix out, int from) {
        int count = Math.min(capacity(), cases.rows().rows() - from);
        Lengths lengths = cases.lengths().chosen(IntStream.range(from, from + count).toArray());
        Inputs some = new Inputs(cases.rows().rows(from, from + count), lengths);
        model.predict(parameters, statistics, some, means.rows(0, count), ws);
        write(count, out, from);
        return count;
    }

    private void read(Matrix rows, int i) {
        int at = rows.rowOffset(i);
        switch (rows.precision()) {
            case FLOAT32 -> {
                float[] from = rows.floats();
                for (int j = 0; j < values.length; j++) {
                    values[j] = from[at + j];
                }
            }
            case FLOAT64 -> System.arraycopy(rows.doubles(), at, values, 0, values.length);
        }
    }

    private void predict(int count) {
        if (row.isPresent()) {
            inputs.copyFrom(wide);
            row.get().run(ws);
            return;
        }
        inputs.rows(0, count).copyFrom(wide.rows(0, count));
        model.predict(parameters, statistics, new Inputs(inputs.rows(0, count)), means.rows(0, count), ws);
    }

    private void read(int row, double[] out) {
        for (int j = 0; j < out.length; j++) {
            out[j] = decoded(j, means.get(row, j));
        }
    }

    private double decoded(int target, double mean) {
        return preparation.target() instanceof NumberTarget numbers
                ? numbers.decode(target % numbers.width(), mean)
                : mean;
    }

    private void write(int count, Matrix out, int from) {
        if (!(preparation.target() instanceof NumberTarget)) {
            out.rows(from, from + count).copyFrom(means.rows(0, count));
            return;
        }
        for (int i = 0; i < count; i++) {
            for (int j = 0; j < out.columns(); j++) {
                out.set(from + i, j, decoded(j, means.get(i, j)));
            }
        }
    }
}
