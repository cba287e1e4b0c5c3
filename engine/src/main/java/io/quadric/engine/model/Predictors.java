package io.quadric.engine.model;

import io.quadric.engine.InputException;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Inputs;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Shape;
import java.util.Arrays;
import java.util.Map;

/// Predictions of one model from any number of threads, each of which borrows a [Predictor].
final class Predictors {
    /// Numbers of a forward pass that are kept for a row, over all rows at a time.
    private static final int BLOCK = 1 << 18;

    private static final int MOST_ROWS = 1024;

    private final TrainedModel trained;
    private final PredictorPool single;
    private final PredictorPool many;

    Predictors(TrainedModel trained) {
        this.trained = trained;
        single = new PredictorPool(() -> new Predictor(trained, trained.model(), 1));
        many = new PredictorPool(() -> new Predictor(trained, trained.model(), rowsAtATime(trained.model())));
    }

    private static int rowsAtATime(Model model) {
        long kept = 1;
        for (int i = 0; i <= model.network().layers().size(); i++) {
            kept += model.network().shape(i).size();
        }
        return Math.clamp(BLOCK / kept, 1, MOST_ROWS);
    }

    void predict(double[] row, double[] out) {
        Predictor predictor = single.take();
        try {
            predictor.predict(row, out);
        } finally {
            single.give(predictor);
        }
    }

    void predict(Map<String, ?> row, double[] out) {
        Predictor predictor = single.take();
        try {
            predictor.predict(row, out);
        } finally {
            single.give(predictor);
        }
    }

    void predict(Matrix rows, Matrix out) {
        Predictor predictor = many.take();
        try {
            for (int from = 0; from < rows.rows();) {
                from += predictor.predict(rows, out, from);
            }
        } finally {
            many.give(predictor);
        }
    }

    Matrix predict(Table table) {
        Preparation preparation = trained.preparation();
        Model model = trained.model();
        if (preparation.sequence().isPresent()) {
            model = model(Arrays.stream(preparation.sequences(table).lengths()).max().orElse(1));
        }
        int steps = preparation.sequence().isPresent() && model.network().input() instanceof Shape.Sequence s
                ? s.length()
                : 1;
        Inputs inputs = preparation.inputs(table, trained.parameters().values().precision(), steps);
        if (model == trained.model()) {
            return predict(inputs);
        }
        Matrix out = Matrix.zeros(inputs.rows().precision(), inputs.rows().rows(), trained.width());
        predict(new Predictor(trained, model, rowsAtATime(model)), inputs, out);
        return out;
    }

    Matrix predict(Inputs inputs) {
        int width = trained.model().network().input().size();
        if (inputs.rows().columns() != width) {
            throw new IllegalArgumentException("inputs " + inputs.rows() + ", the network takes " + width);
        }
        Matrix out = Matrix.zeros(inputs.rows().precision(), inputs.rows().rows(), trained.width());
        Predictor predictor = many.take();
        try {
            predict(predictor, inputs, out);
        } finally {
            many.give(predictor);
        }
        return out;
    }

    private static void predict(Predictor predictor, Inputs inputs, Matrix out) {
        for (int from = 0; from < out.rows();) {
            from += predictor.predictEncoded(inputs, out, from);
        }
    }

    /// The model for sequences of so many time steps: the same layers, as long as they have the same parameters and as
    /// many outputs.
    private Model model(int steps) {
        Model model = trained.model();
        if (!(model.network().input() instanceof Shape.Sequence sequence) || steps <= sequence.length()) {
            return model;
        }
        try {
            Network network = new Network(
                    new Shape.Sequence(steps, sequence.features()), model.network().layers());
            Model longer = new Model(network, model.loss(), model.l2());
            boolean fits = network.layout().equals(model.network().layout())
                    && longer.targets().size() == model.targets().size();
            return fits ? longer : model;
        } catch (IllegalArgumentException | InputException e) {
            return model;
        }
    }
}
