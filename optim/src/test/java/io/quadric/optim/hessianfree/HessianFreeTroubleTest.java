package io.quadric.optim.hessianfree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.Problem;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import io.quadric.optim.recipe.Optimizers;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What goes wrong is reported, leaves the parameters alone, raises λ, and training recovers.
class HessianFreeTroubleTest {
    /// A rejected step on the batch, with the reason, then recovery on the problem's own batch.
    private static void rejects(Problem problem, Run run, Batch batch, String reason) {
        double lambda = run.state().number("lambda");
        double[] before = problem.parameters.values().toArray();
        StepReport report = run.step(new StepData(batch));
        var rejected = assertInstanceOf(StepOutcome.Rejected.class, report.outcome());
        assertTrue(rejected.reason().contains(reason), rejected.reason());
        assertArrayEquals(before, problem.parameters.values().toArray());
        assertEquals(1.5 * lambda, run.state().number("lambda"), 1e-12);
        double loss = problem.loss();
        boolean moved = false;
        for (int k = 0; k < 40; k++) {
            moved |= problem.step(run).moved();
        }
        assertTrue(moved && problem.loss() < loss, loss + " → " + problem.loss());
    }

    @Test
    void anObjectiveThatIsNotFinite() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(Optimizers.hessianFree());
            problem.step(run);
            rejects(problem, run, problem.spoiled(), "mend the data");
        }
    }

    /// Moves θ to where ∇fᵀH∇f < 0, so that the first direction of CG gives none.
    static void findNegativeCurvature(Problem problem) {
        var random = Problem.random(11);
        for (int trial = 0; trial < 1000; trial++) {
            problem.parameters.update(theta -> {
                for (int i = 0; i < theta.size(); i++) {
                    theta.set(i, random.nextGaussian(0, 2));
                }
            });
            Vector gradient = problem.gradient();
            try (var at = problem.linearization();
                    var frame = problem.ws.open()) {
                Vector product = gradient.copy();
                at.hessian(frame).apply(gradient, product, problem.ws);
                if (gradient.dot(product) < -0.01 * gradient.dot(gradient)) {
                    return;
                }
            }
        }
        throw new AssertionError("no point with negative curvature along the gradient");
    }

    @Test
    void negativeCurvatureAndSoNoDirection() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            findNegativeCurvature(problem);
            Run run = problem.start(HyperParameters.with(
                    Optimizers.hessianFree(),
                    Map.of("curvature", "hessian", "preconditioner", "none", "lambda", "0.005")));
            rejects(problem, run, problem.batch, "not positive definite");
        }
    }

    /// A memory x = s∇f, of which one iteration of CG leaves s(∇f − αB∇f) for large s, which points uphill.
    @Test
    void anExhaustedLineSearch() {
        try (Problem problem = Problem.curved(Precision.FLOAT64, 1)) {
            Run run = problem.start(HyperParameters.with(
                    Optimizers.hessianFree(),
                    Map.of("maxIterations", "1", "preconditioner", "none", "lambda", "0.001")));
            State state = run.state();
            state.put("lastIterate", problem.gradient().scale(50));
            run.restore(state);
            rejects(problem, run, problem.batch, "no step length");
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20})
    void exclusiveOrIsLearntFromAnySeed(int seed) {
        Network network = new Network(
                new Shape.Features(2),
                List.of(new DenseLayer(5, true), new Activation(ElementaryFunction.TANH), new DenseLayer(1, true)));
        Model model = new Model(network, new SigmoidCrossEntropy(), 0);
        Parameters parameters = network.initialize(Initializer.glorot(), Precision.FLOAT64, Problem.random(seed));
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, 4, 2);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, 4, 1);
        for (int i = 0; i < 4; i++) {
            inputs.set(i, 0, i & 1);
            inputs.set(i, 1, i >> 1);
            targets.set(i, 0, (i & 1) ^ (i >> 1));
        }
        Batch batch = new Batch(inputs, targets);
        try (Workspace ws = Workspace.serial()) {
            Run run = Optimizers.hessianFree().start(new Start(model, parameters, List.of(batch), seed, ws));
            double loss = Double.NaN;
            for (int k = 0; k < 100 && !(loss < 1e-5); k++) {
                loss = run.step(new StepData(batch)).loss();
            }
            assertTrue(loss < 1e-5, "the loss is " + loss);
        }
    }
}
