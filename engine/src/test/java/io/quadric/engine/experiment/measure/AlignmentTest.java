package io.quadric.engine.experiment.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Entry.Subject;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.measure.Alignment.Cosines;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.verify.DenseReference;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AlignmentTest {
    private static final int CASES = 12;

    private static List<Cosines> along(List<Integer> widths, double damping, long steps) {
        ModelSpec model = model(widths);
        Dataset data = data();
        Entry gradient = new Entry("gradient", new Subject("made", model, Initialization.GLOROT), CASES, "sgd");
        TrainingPlan plan = new TrainingPlan(CASES, CASES, 0, 1);
        try (Workspace ws = Workspace.serial()) {
            return new Alignment(model.model(), data, damping, 0.5, plan)
                    .along(List.of(gradient), parameters(model), steps, ws, here -> {});
        }
    }

    private static ModelSpec model(List<Integer> widths) {
        return Models.chain(
                widths, ElementaryFunction.TANH, new SoftmaxCrossEntropy(), new Task.Classification(widths.getLast()));
    }

    private static Parameters parameters(ModelSpec model) {
        return model.model().network().initialize(Initializer.glorot(), Precision.FLOAT64, new Random(3));
    }

    private static Dataset data() {
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

    /// By dense matrices from the definition, in place of products and conjugate gradients.
    @Test
    void theFirstCosinesAreThoseOfDenseSolutions() {
        ModelSpec model = model(List.of(3, 4, 2));
        Parameters theta = parameters(model);
        double damping = 0.05;
        int layer = 3 * 4 + 4;
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(model.model(), theta, data().train().batch(), ws)) {
            int n = theta.values().size();
            double[][] full = new double[n][];
            double[][] block = new double[n][n];
            for (int j = 0; j < n; j++) {
                double[] unit = new double[n];
                unit[j] = 1;
                full[j] = DenseReference.gaussNewtonProduct(at, unit);
                full[j][j] += damping;
                for (int i = 0; i < n; i++) {
                    block[j][i] = i < layer == j < layer ? full[j][i] : 0;
                }
            }
            Vector g = Vector.zeros(Precision.FLOAT64, n);
            at.gradient(g);
            Cosines gradient = along(List.of(3, 4, 2), damping, 1).getLast();
            assertEquals(cosine(g.toArray(), DenseReference.solve(full, g.toArray())), gradient.full(), 1e-8);
            assertEquals(cosine(g.toArray(), DenseReference.solve(block, g.toArray())), gradient.block(), 1e-8);
            assertTrue(gradient.full() < 0.99 && Math.abs(gradient.full() - gradient.block()) > 1e-3);
        }
    }

    private static double cosine(double[] a, double[] b) {
        double product = 0;
        double first = 0;
        double second = 0;
        for (int i = 0; i < a.length; i++) {
            product += a[i] * b[i];
            first += a[i] * a[i];
            second += b[i] * b[i];
        }
        return product / Math.sqrt(first * second);
    }

    @Test
    void withMuchDampingEveryDirectionIsTheGradients() {
        for (Cosines at : along(List.of(3, 4, 2), 1e9, 3)) {
            assertEquals(1, at.block(), 1e-7);
            assertEquals(1, at.full(), 1e-7);
            at.layers().forEach(layer -> assertEquals(1, layer, 1e-7));
        }
    }

    @Test
    void aNetworkOfOneLayerIsOneBlock() {
        List<Cosines> cosines = along(List.of(3, 2), 0.01, 2);
        assertEquals(1, cosines.getFirst().full(), 1e-9);
        assertEquals(cosines.getLast().block(), cosines.getLast().full(), 1e-9);
        assertEquals(cosines.getLast().block(), cosines.getLast().layers().getFirst(), 1e-12);
    }
}
