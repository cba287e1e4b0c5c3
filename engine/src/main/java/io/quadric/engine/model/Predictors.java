package io.quadric.engine.model;

import io.quadric.engine.InputException;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.prepare.Preparation;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Inputs;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Predictions of one model from any number of threads, each of which borrows a [Predictor].
final class Predictors {
    /// Numbers of a forward pass that are kept for a row, over all rows at a time.
    private static final int BLOCK = 1 << 18;

    private static final int MOST_ROWS = 1024;

    private final TrainedModel trained;
    private final PredictorPool single;
    private final PredictorPool many;

    private final int threads;

    Predictors(TrainedModel trained, int threads) {
        this.trained = trained;
        this.threads = threads;
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
        blocks(trained.model(), many, out, (predictor, from) -> predictor.predict(rows, out, from));
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
        Matrix out = room(trained, inputs.rows().rows());
        Model longer = model;
        PredictorPool pool = new PredictorPool(() -> new Predictor(trained, longer, rowsAtATime(longer)));
        blocks(longer, pool, out, (predictor, from) -> predictor.predictEncoded(inputs, out, from));
        return out;
    }

    Matrix predict(Inputs inputs) {
        int width = trained.model().network().input().size();
        if (inputs.rows().columns() != width) {
            throw new IllegalArgumentException("inputs " + inputs.rows() + ", the network takes " + width);
        }
        Matrix out = room(trained, inputs.rows().rows());
        blocks(trained.model(), many, out, (predictor, from) -> predictor.predictEncoded(inputs, out, from));
        return out;
    }

    /// Room for predictions. Numbers are FLOAT64: on their own scale FLOAT32 may lack the digits in which they differ.
    static Matrix room(TrainedModel model, int rows) {
        boolean numbers = model.preparation().target() instanceof NumberTarget;
        return Matrix.zeros(numbers ? Precision.FLOAT64 : model.parameters().values().precision(), rows, model.width());
    }

    /// Predicts some rows from one on.
    @FunctionalInterface
    private interface Block {
        void predict(Predictor predictor, int from);
    }

    /// The same blocks, and so the same bits, whatever the number of threads.
    private void blocks(Model model, PredictorPool pool, Matrix out, Block block) {
        int size = rowsAtATime(model);
        if (threads == 1 || out.rows() <= size) {
            for (int from = 0; from < out.rows(); from += size) {
                predict(pool, block, from);
            }
            return;
        }
        try (var executor = Executors.newFixedThreadPool(threads)) {
            List<Future<?>> running = new ArrayList<>();
            for (int from = 0; from < out.rows(); from += size) {
                int first = from;
                running.add(executor.submit(() -> predict(pool, block, first)));
            }
            running.forEach(Predictors::await);
        }
    }

    private static void predict(PredictorPool pool, Block block, int from) {
        Predictor predictor = pool.take();
        try {
            block.predict(predictor, from);
        } finally {
            pool.give(predictor);
        }
    }

    private static void await(Future<?> block) {
        try {
            block.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RuntimeException thrown) {
                throw thrown;
            }
            throw new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while rows were predicted", e);
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
