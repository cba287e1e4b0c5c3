package io.quadric.engine.experiment.measure;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.experiment.Entry;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Linearization;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UpdateAlignmentTest {
    private static final AlignmentProblem DEEP = new AlignmentProblem(List.of(3, 4, 2), new SoftmaxCrossEntropy(),
            AlignmentProblem.CASES);
    private static final AlignmentProblem LINEAR = new AlignmentProblem(List.of(3, 2), new SquaredError(),
            AlignmentProblem.CASES);
    private static final UpdateAlignment.Solver PRECISE = new UpdateAlignment.Solver(1000, 1e-12);

    private static List<Point> along(
            AlignmentProblem problem, List<Entry> entries, UpdateAlignment.Solver solver, String... trajectory) {
        Entry followed = problem.entry("followed", "kfra", trajectory);
        try (Workspace ws = Workspace.serial()) {
            return new UpdateAlignment(
                    problem.model().model(), AlignmentProblem.data(),
                    new UpdateAlignment.Trajectory(followed.method(), 2), solver, problem.plan())
                    .along(entries, problem.parameters(), 3, ws, point -> {});
        }
    }

    /// By dense matrices from the definition, in place of products and conjugate gradients.
    @Test
    void theFirstCosinesAreThoseOfDenseSolutions() {
        double gamma = 0.05;
        Entry kflr = DEEP.entry("KFLR", "kflr");
        Point first = along(DEEP, List.of(kflr), PRECISE, "gamma=" + gamma).getFirst();
        Parameters theta = DEEP.parameters();
        int n = theta.values().size();
        int layer = DEEP.firstLayer();
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(
                        DEEP.model().model(), theta, AlignmentProblem.data().train().batch(), ws)) {
            double[][] matrix = AlignmentProblem.gaussNewton(at);
            Vector g = Vector.zeros(Precision.FLOAT64, n);
            at.gradient(g);
            double[] full = DEEP.solve(matrix, gamma, false, g.toArray());
            double[] block = DEEP.solve(matrix, gamma, true, g.toArray());
            Map<String, Double> of = first.of("block Gauss-Newton");
            assertEquals(AlignmentProblem.cosine(full, block, 0, n), of.get("full"), 1e-9);
            assertEquals(1, of.get("block"), 1e-12);
            double[] update = firstStep(DEEP.entry("KFLR", "kflr", "gamma=" + gamma));
            Map<String, Double> its = first.of("KFLR");
            assertEquals(AlignmentProblem.cosine(update, full, 0, n), -its.get("full"), 1e-9);
            assertEquals(AlignmentProblem.cosine(update, block, 0, n), -its.get("block"), 1e-9);
            assertEquals(AlignmentProblem.cosine(update, block, 0, layer), -its.get("layer 1"), 1e-9);
            assertEquals(AlignmentProblem.cosine(update, block, layer, n), -its.get("layer 2"), 1e-9);
            assertTrue(its.get("full") < 0.999 && Math.abs(its.get("full") - its.get("block")) > 1e-3);
            assertEquals(gamma, first.facts().get("k"));
        }
    }

    private static double[] firstStep(Entry entry) {
        Parameters theta = DEEP.parameters();
        double[] before = theta.values().toArray();
        StepData batch = new StepData(AlignmentProblem.data().train().batch());
        try (Workspace ws = Workspace.serial()) {
            entry.method().optimizer()
                    .start(new Start(DEEP.model().model(), theta, List.of(), DEEP.plan().seed(), ws))
                    .step(batch);
        }
        double[] step = theta.values().toArray();
        for (int i = 0; i < step.length; i++) {
            step[i] -= before[i];
        }
        return step;
    }

    /// A ⊗ I is the Gauss-Newton matrix of a linear layer with squared error, and nothing is left out. The trajectory's
    /// γ changes, and all dampings follow it.
    @Test
    void ofALinearLayerTheExactInverseIsTheGaussNewtonUpdate() {
        List<Entry> entries = List.of(
                LINEAR.entry("exact", "kflr", "blockInverse=exact"), LINEAR.entry("split", "kflr"));
        List<Point> points = along(LINEAR, entries, PRECISE, "gamma=0.3", "gammaPeriod=1");
        for (Point point : points) {
            point.of("exact").forEach((name, cosine) -> assertEquals(1, cosine, 1e-9, name));
            assertTrue(point.of("split").get("block") < 1 - 1e-5, point.toString());
        }
        assertEquals(0.3, points.getFirst().facts().get("k"));
        assertNotEquals(0.3, points.getLast().facts().get("k"));
        assertEquals(List.of(1L, 3L, 5L), points.stream().map(Point::step).toList());
        assertTrue(points.getLast().facts().get("loss") < points.getFirst().facts().get("loss"));
    }

    @Test
    void aSolveThatEndsEarlySaysSo() {
        UpdateAlignment.Solver shortest = new UpdateAlignment.Solver(1, 1e-12);
        Map<String, Double> facts = along(DEEP, List.of(), shortest, "gamma=0.01").getFirst().facts();
        assertEquals(1, facts.get("full iterations"));
        assertTrue(facts.get("full residual") > 1e-3 && facts.get("block residual") > 1e-3, facts.toString());
        Map<String, Double> precise = along(DEEP, List.of(), PRECISE, "gamma=0.01").getFirst().facts();
        assertTrue(precise.get("full residual") <= 1e-12 && precise.get("block residual") <= 1e-12);
    }

    @Test
    void methodsWithAMemoryCannotBeCompared() {
        List<Entry> averaged = List.of(DEEP.entry("KFLR", "kflr", "factorDecay=0.9"));
        assertThrows(IllegalArgumentException.class, () -> along(DEEP, averaged, PRECISE));
        assertThrows(IllegalArgumentException.class, () -> along(DEEP, List.of(), PRECISE, "factorDecay=0.9"));
        assertThrows(IllegalArgumentException.class,
                () -> along(DEEP, List.of(DEEP.entry("gradient", "sgd")), PRECISE));
    }
}
