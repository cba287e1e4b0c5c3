package io.quadric.bench;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Digits;
import io.quadric.engine.data.Task;
import io.quadric.engine.learn.Learner;
import io.quadric.engine.learn.StopRule;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.train.NetworkPlan;
import io.quadric.engine.train.Stop;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// How long predictions take: a classifier of the digits with 64 inputs, 32 hidden units and 10 classes, by one thread;
/// written to `bench/results/<date>-predictions.md`.
public final class PredictionSuite {
    private static final int ROWS = 1024;
    private static final int HIDDEN = 32;
    private static final int CLASSES = 10;

    /// Times all rows are predicted one by one before the clock starts: the compiler takes its time for so many
    /// methods.
    private static final int WARM_UP = 400;

    private final TrainedModel model;
    private final Matrix inputs;
    private final Matrix predictions = Matrix.zeros(Precision.FLOAT32, ROWS, CLASSES);
    private final double[][] rows = new double[ROWS][];
    private final double[] out = new double[CLASSES];
    private final Workspace ws = Workspace.serial();

    private PredictionSuite(TrainedModel model, Matrix inputs) {
        this.model = model;
        this.inputs = inputs;
        for (int i = 0; i < ROWS; i++) {
            rows[i] = inputs.row(i).toArray();
        }
    }

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent
    /// @throws IOException if the file cannot be written
    public static void main(String[] args) throws IOException {
        Dataset digits = new Digits().load(new Task.Classification(CLASSES), Precision.FLOAT32);
        TrainedModel model = Learner.defaults()
                .withNetwork(NetworkPlan.hidden(HIDDEN))
                .withStop(StopRule.defaults().withEpochs(5))
                .fit(digits, List.of(), Stop.never())
                .model();
        PredictionSuite suite = new PredictionSuite(model, digits.train().batch().inputs().rows(0, ROWS));
        ResultFile.write(args, "predictions", "Predictions", suite.report());
    }

    private String report() {
        for (int i = 0; i < WARM_UP; i++) {
            intoArray();
        }
        InterleavedTimer turns = new InterleavedTimer()
                .add("products", this::products)
                .add("a row at a time, into an array that is there", this::intoArray)
                .add("a row at a time, into a new array", () -> eachRow(row -> model.predict(row)))
                .add("a row at a time, by the names of its columns", this::byName)
                .add(ROWS + " rows at a time", () -> model.predict(inputs, predictions))
                .run(25);
        StringBuilder text = new StringBuilder(String.format(Locale.ROOT, """
                A classifier with 64 inputs, %d hidden units and %d classes, FLOAT32, one thread. "÷ products" is the \
                time by that of the two matrix products alone, on %d rows at a time, in the same run. The best of many \
                turns each.

                | | µs a row | rows a second | ÷ products |
                |---|---|---|---|
                """, HIDDEN, CLASSES, ROWS));
        for (String name : turns.names()) {
            double seconds = turns.seconds(name) / ROWS;
            text.append(String.format(Locale.ROOT, "| %s | %.3f | %,.0f |%s%n", name, 1e6 * seconds, 1 / seconds,
                    turns.ratio(name, "products")));
        }
        return text.toString();
    }

    @FunctionalInterface
    private interface Prediction {
        double[] of(double[] row);
    }

    private void eachRow(Prediction prediction) {
        for (double[] row : rows) {
            prediction.of(row);
        }
    }

    private void intoArray() {
        for (double[] row : rows) {
            model.predict(row, out);
        }
    }

    private void byName() {
        List<String> names = model.features().names();
        Map<String, Double> cells = new LinkedHashMap<>();
        for (double[] row : rows) {
            for (int j = 0; j < row.length; j++) {
                cells.put(names.get(j), row[j]);
            }
            model.predict(cells);
        }
    }

    /// Weights of the same shapes, without biases, functions and preparation.
    private void products() {
        try (var frame = ws.open()) {
            Matrix hidden = frame.matrix(Precision.FLOAT32, ROWS, HIDDEN);
            Matrix first = weight(0);
            Matrix second = weight(1);
            Gemm.SET.multiply(inputs, first.t(), hidden, ws);
            Gemm.SET.multiply(hidden, second.t(), predictions, ws);
        }
    }

    private Matrix weight(int layer) {
        return model.parameters().layout().blocks().get(layer).weight().matrixOf(model.parameters().values());
    }
}
