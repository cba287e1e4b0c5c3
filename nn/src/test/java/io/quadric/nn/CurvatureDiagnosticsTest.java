package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.analysis.Lanczos;
import io.quadric.linalg.analysis.RitzValues;
import io.quadric.linalg.analysis.SpectralDensity;
import io.quadric.linalg.analysis.TraceEstimate;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// What can be learnt of the curvature of a network from products alone: each example against the eigenvalues of the
/// dense matrix.
class CurvatureDiagnosticsTest {
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(5);
    private final Workspace ws = Workspace.serial();
    private final Network network = new Network(
            new Shape.Features(6),
            List.of(new DenseLayer(8, true), new Activation(ElementaryFunction.TANH), new DenseLayer(4, true)));
    private final Parameters parameters = network.initialize(Initializer.glorot(), Precision.FLOAT64, random);
    private Linearization at;
    private Workspace.Frame frame;

    @BeforeEach
    void linearize() {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, 50, 6);
        Sampling.gaussian(0, 1, random, inputs);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, 50, 4);
        Sampling.bernoulli(targets.copy().fill(0.5), random, targets);
        Model model = new Model(network, new SigmoidCrossEntropy());
        at = Linearization.at(model, parameters, new Batch(inputs, targets), ws);
        frame = ws.open();
    }

    @AfterEach
    void close() {
        frame.close();
        at.close();
        ws.close();
    }

    private double[] eigenvalues(Matrix dense) {
        return SymmetricEigen.decompose(dense, ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen)
                ? eigen.values().toArray()
                : new double[0];
    }

    /// How steep the steepest direction is, and whether there is a direction of negative curvature.
    @Test
    void theEndsOfTheSpectrum() {
        var hessian = at.hessian(frame);
        double[] exact = eigenvalues(hessian.toDense(ws));
        RitzValues ritz = new Lanczos(40).run(hessian, random, ws);
        assertEquals(exact[exact.length - 1], ritz.largest(), 1e-6);
        assertEquals(exact[0], ritz.smallest(), 1e-6);
        assertTrue(exact[0] < 0, "the Hessian of a network is indefinite");
    }

    /// The mean curvature, from which a first damping may be taken.
    @Test
    void theTrace() {
        var gaussNewton = at.gaussNewton();
        double exact = gaussNewton.toDense(ws).trace();
        TraceEstimate estimate = TraceEstimate.hutchPlusPlus(gaussNewton, 60, random, ws);
        assertEquals(exact, estimate.trace(), Math.max(0.05 * exact, 5 * estimate.standardError()));
    }

    /// The share of directions that the Gauss-Newton matrix does not see.
    @Test
    void theDensityNearZero() {
        var gaussNewton = at.gaussNewton();
        double[] exact = eigenvalues(gaussNewton.toDense(ws));
        double flat = 0.01 * exact[exact.length - 1];
        double share = 0;
        for (double value : exact) {
            share += value < flat ? 1.0 / exact.length : 0;
        }
        SpectralDensity density = SpectralDensity.estimate(gaussNewton, new Lanczos(30), 40, random, ws);
        assertEquals(share, density.mean(value -> value < flat ? 1 : 0), 0.1);
    }
}
