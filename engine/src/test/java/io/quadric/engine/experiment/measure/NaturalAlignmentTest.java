package io.quadric.engine.experiment.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.train.Batches;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NaturalAlignmentTest {
    private static final AlignmentProblem PROBLEM = new AlignmentProblem(List.of(3, 4, 2), new SoftmaxCrossEntropy(),
            4);
    private static final double RATE = 0.5;
    private static final double BETA = 0.9;

    private static List<Point> along(double damping, long steps) {
        try (Workspace ws = Workspace.serial()) {
            return new NaturalAlignment(
                    PROBLEM.model().model(), AlignmentProblem.data(),
                    new NaturalAlignment.BlockMethod(damping, RATE, BETA), PROBLEM.plan())
                    .along(List.of(PROBLEM.entry("SGD-m", "sgd")), PROBLEM.parameters(), steps, ws, point -> {});
        }
    }

    /// The averages of the block Fisher method, from their definition.
    private static final class Dense {
        private final Parameters theta = PROBLEM.parameters();
        private final int size = theta.values().size();
        private final double[] gradients = new double[size];
        private final double[] velocity = new double[size];
        private final double[][] fisher = new double[size][size];

        private Linearization at(CaseSet batch, Workspace ws) {
            return batch.at(PROBLEM.model().model(), theta, ws).undivided("the reference is dense; it is");
        }

        void add(double weight, Linearization at) {
            double[][] here = AlignmentProblem.gaussNewton(at);
            for (int i = 0; i < size; i++) {
                for (int j = 0; j < size; j++) {
                    fisher[i][j] += weight * (here[i][j] - fisher[i][j]);
                }
            }
        }

        double[] step(CaseSet batch, double damping, Workspace ws) {
            try (var at = at(batch, ws)) {
                add(1 - BETA, at);
                Vector g = Vector.zeros(Precision.FLOAT64, size);
                at.gradient(g);
                for (int i = 0; i < size; i++) {
                    gradients[i] = BETA * gradients[i] + (1 - BETA) * g.get(i);
                    velocity[i] = 0.9 * velocity[i] + g.get(i);
                }
            }
            double[] direction = PROBLEM.solve(fisher, damping, true, gradients);
            theta.update(values -> values.axpy(-RATE, Vector.of(direction)));
            return direction;
        }
    }

    @Test
    void movingAveragesAreThoseOfTheDefinition() {
        double damping = 0.02;
        List<Point> points = along(damping, 5);
        int layer = PROBLEM.firstLayer();
        Dense dense = new Dense();
        try (Workspace ws = Workspace.serial()) {
            int seen = 0;
            for (CaseSet batch : Batches.pass(PROBLEM.plan(), AlignmentProblem.data().train())) {
                seen++;
                try (var at = dense.at(batch, ws)) {
                    dense.add(1.0 / seen, at);
                }
            }
            assertEquals(3, seen);
            Batches batches = new Batches(PROBLEM.plan(), AlignmentProblem.data().train());
            for (Point point : points) {
                double[] direction = dense.step(batches.step(point.step()).gradient(), damping, ws);
                Map<String, Double> cosines = point.of("SGD-m");
                double[] its = dense.velocity;
                assertEquals(AlignmentProblem.cosine(its, direction, 0, dense.size), cosines.get("all layers"), 1e-9);
                assertEquals(AlignmentProblem.cosine(its, direction, 0, layer), cosines.get("layer 1"), 1e-9);
                assertEquals(
                        AlignmentProblem.cosine(its, direction, layer, dense.size), cosines.get("layer 2"), 1e-9);
                assertTrue(cosines.get("all layers") < 0.99);
            }
        }
        assertTrue(points.getLast().facts().get("loss") < points.getFirst().facts().get("loss"));
    }

    @Test
    void withMuchDampingTheDirectionIsTheAveragedGradient() {
        for (Point point : along(1e9, 3)) {
            point.of("SGD-m").forEach((name, cosine) -> assertEquals(1, cosine, 1e-7, name));
        }
    }
}
