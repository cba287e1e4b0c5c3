package io.quadric.engine.experiment.measure;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.verify.DenseReference;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/// Twelve made-up cases of three numbers in two classes, and a network of dense layers with hyperbolic tangents.
///
/// @param widths of the network, from 3 to 2
/// @param loss of its outputs
/// @param batchSize of the plan
record AlignmentProblem(List<Integer> widths, Loss loss, int batchSize) {
    static final int CASES = 12;

    ModelSpec model() {
        return Models.chain(widths, ElementaryFunction.TANH, loss, new Task.Classification(2));
    }

    Parameters parameters() {
        return model().model().network().initialize(Initializer.glorot(), Precision.FLOAT64, new Random(3));
    }

    TrainingPlan plan() {
        return new TrainingPlan(CASES, batchSize, 0, 1);
    }

    Entry entry(String label, String recipe, String... settings) {
        return new Entry(
                label, new Subject("made", model(), Initialization.GLOROT), batchSize, recipe, settings);
    }

    static Dataset data() {
        Random random = new Random(5);
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, CASES, 3);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, CASES, 2);
        for (int i = 0; i < CASES; i++) {
            inputs.row(i).copyFrom(Vector.of(random.nextGaussian(), random.nextGaussian(), random.nextGaussian()));
            targets.set(i, random.nextInt(2), 1);
        }
        return new Dataset("made", new Task.Classification(2), new Shape.Features(3), new Batch(inputs, targets),
                Optional.empty());
    }

    /// The Gauss-Newton matrix, column by column from its definition.
    static double[][] gaussNewton(Linearization at) {
        int n = at.parameters().values().size();
        double[][] matrix = new double[n][];
        for (int j = 0; j < n; j++) {
            double[] unit = new double[n];
            unit[j] = 1;
            matrix[j] = DenseReference.gaussNewtonProduct(at, unit);
        }
        return matrix;
    }

    /// The parameters of the first layer, weights and biases.
    int firstLayer() {
        return (widths.getFirst() + 1) * widths.get(1);
    }

    /// x of (A + λI) x = b, with A as it is or without what is between the first layer and the others.
    double[] solve(double[][] a, double lambda, boolean blocks, double[] b) {
        int n = b.length;
        double[][] damped = new double[n][n];
        for (int i = 0; i < n; i++) {
            for (int j = 0; j < n; j++) {
                boolean kept = !blocks || i < firstLayer() == j < firstLayer();
                damped[i][j] = (kept ? a[i][j] : 0) + (i == j ? lambda : 0);
            }
        }
        return DenseReference.solve(damped, b);
    }

    static double cosine(double[] a, double[] b, int from, int to) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = from; i < to; i++) {
            product += a[i] * b[i];
            first += a[i] * a[i];
            second += b[i] * b[i];
        }
        return product / Math.sqrt(first * second);
    }
}
