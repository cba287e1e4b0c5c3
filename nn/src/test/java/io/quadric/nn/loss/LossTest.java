package io.quadric.nn.loss;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class LossTest {
    private static final double[][] EXTREME = {
        {1000, -1000, 0}, {-1000, 1000, 1000}, {1000, 1000, 1000}, {-1000, -1000, -1000}, {0, 1000, -1000}};

    private static final double LOG_2 = Math.log(2);

    private final Workspace ws = Workspace.serial();

    /// Outputs, a target, and the loss.
    static Stream<Arguments> values() {
        return Stream.of(
                Arguments.of(new SigmoidCrossEntropy(), new double[]{1000, -1000, 1000}, new double[]{0, 1, 1}, 2000),
                Arguments.of(new SigmoidCrossEntropy(), new double[]{1000, -1000, 0}, new double[]{1, 0, 0.5}, LOG_2),
                Arguments.of(new SoftmaxCrossEntropy(), new double[]{1000, -1000, 0}, new double[]{0, 1, 0}, 2000),
                Arguments.of(new SoftmaxCrossEntropy(), new double[]{1000, -1000, 1000}, new double[]{1, 0, 0}, LOG_2),
                Arguments.of(new SquaredError(), new double[]{1000, -1000, 0}, new double[]{0, 0, 1}, 1000000.5),
                Arguments.of(new BinaryMixture(), new double[]{1000, 1000, -1000}, new double[]{1}, 0),
                Arguments.of(new BinaryMixture(), new double[]{1000, 1000, -1000}, new double[]{0}, 1000 - LOG_2),
                Arguments.of(new BinaryMixture(), new double[]{0, 1000, -1000}, new double[]{1}, LOG_2));
    }

    /// As exact as the outputs themselves: rounding of z changes the loss by as much.
    @ParameterizedTest
    @MethodSource("values")
    void theValueIsRightAtAThousand(Loss loss, double[] z, double[] t, double expected) {
        for (Precision precision : Precision.values()) {
            try (var frame = ws.open()) {
                double value = loss.at(row(precision, z), row(precision, t), frame).value(ws);
                double bound = precision.epsilon() * Math.max(1000, expected);
                assertEquals(expected, value, bound, precision.toString());
            }
        }
    }

    private static Matrix row(Precision precision, double... values) {
        return Matrix.of(1, values.length, values).copy(precision);
    }

    private static List<Loss> losses() {
        return List.of(
                new SquaredError(),
                new SigmoidCrossEntropy(),
                new SoftmaxCrossEntropy(),
                new BinaryMixture(),
                new ConvexifiedLoss(new BinaryMixture(), ConvexifiedLoss.Remedy.PROJECTION),
                new ConvexifiedLoss(new BinaryMixture(), ConvexifiedLoss.Remedy.SHIFT));
    }

    /// Where the curvature is said to be diagonal, the product with 1 is its diagonal; otherwise it is not.
    @Test
    void diagonalCurvaturesAreDiagonal() {
        Matrix z = Matrix.of(new double[][]{{0.3, -1.2, 2}, {1, 0.5, -0.7}});
        Matrix u = Matrix.of(new double[][]{{1, -2, 3}, {0.5, 4, -1}});
        for (Loss loss : losses()) {
            Matrix t = Matrix.zeros(Precision.FLOAT64, 2, loss.targets(new Shape.Features(3)).size());
            t.columns(0, 1).fill(1);
            try (var frame = ws.open()) {
                LossPoint point = loss.at(z, t, frame);
                Matrix product = z.copy();
                Matrix diagonal = z.copy();
                point.curvatureProduct(u, product, ws);
                point.curvatureProduct(z.copy().fill(1), diagonal, ws);
                double largest = 0;
                for (int k = 0; k < u.flat().size(); k++) {
                    double by = u.flat().get(k) * diagonal.flat().get(k);
                    largest = Math.max(largest, Math.abs(product.flat().get(k) - by));
                }
                assertEquals(point.isDiagonal(), largest < 1e-14, loss.toString());
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void derivativesStayFiniteAtAThousand(Precision precision) {
        Matrix z = Matrix.of(EXTREME).copy(precision);
        for (Loss loss : losses()) {
            int targets = loss.targets(new Shape.Features(3)).size();
            Matrix t = Matrix.zeros(precision, z.rows(), targets);
            t.columns(0, 1).fill(1);
            Matrix result = Matrix.zeros(precision, z.rows(), 3);
            try (var frame = ws.open()) {
                LossPoint point = loss.at(z, t, frame);
                point.gradient(result, ws);
                assertTrue(result.isFinite(), () -> "gradient of " + loss);
                point.hessianProduct(z, result, ws);
                assertTrue(result.isFinite(), () -> "Hessian of " + loss);
                for (int c = 0; loss.isConvex() && c < point.rootColumns(); c++) {
                    point.hessianRoot(c, result, ws);
                    assertTrue(result.isFinite(), () -> "root of " + loss);
                }
            }
        }
    }

    /// The mean of many draws is within five standard deviations of the probability.
    @Test
    void targetsAreDrawnFromTheModel() {
        int draws = 40_000;
        double[] z = {0.5, -1, 2};
        double gate = logistic(0.5);
        assertMean(new SigmoidCrossEntropy(), z, draws, new double[]{logistic(0.5), logistic(-1), logistic(2)});
        double sum = Math.exp(0.5) + Math.exp(-1) + Math.exp(2);
        assertMean(new SoftmaxCrossEntropy(), z, draws, new double[]{
            Math.exp(0.5) / sum, Math.exp(-1) / sum, Math.exp(2) / sum});
        assertMean(new BinaryMixture(), z, draws, new double[]{gate * logistic(-1) + (1 - gate) * logistic(2)});
        assertMean(new SquaredError(), z, draws, z);
    }

    private void assertMean(Loss loss, double[] z, int draws, double[] expected) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(7);
        Matrix outputs = Matrix.zeros(Precision.FLOAT64, draws, 3);
        for (int i = 0; i < draws; i++) {
            outputs.row(i).copyFrom(row(Precision.FLOAT64, z).row(0));
        }
        Matrix targets = Matrix.zeros(Precision.FLOAT64, draws, expected.length);
        loss.sample(outputs, random, targets, ws);
        for (int j = 0; j < expected.length; j++) {
            double mean = targets.columns(j, j + 1).copy().flat().sum() / draws;
            assertEquals(expected[j], mean, 5 / Math.sqrt(draws), loss + " column " + j);
        }
    }

    private static double logistic(double x) {
        return 1 / (1 + Math.exp(-x));
    }

    @Test
    void theMixtureSaysWhatItCannot() {
        Loss mixture = new BinaryMixture();
        assertFalse(mixture.isConvex());
        assertThrows(IllegalArgumentException.class, () -> mixture.targets(new Shape.Features(2)));
        try (var frame = ws.open()) {
            LossPoint point = mixture.at(row(Precision.FLOAT64, 1, 2, 3), row(Precision.FLOAT64, 1), frame);
            assertThrows(UnsupportedOperationException.class, point::rootColumns);
        }
    }

    /// −log p by the formula of the paper, at moderate outputs.
    @Test
    void theMixtureIsItsFormula() {
        double p = logistic(0.3) * logistic(-0.7) + logistic(-0.3) * logistic(1.1);
        try (var frame = ws.open()) {
            Matrix z = Matrix.of(new double[][]{{0.3, -0.7, 1.1}, {0.3, -0.7, 1.1}});
            Matrix t = Matrix.of(new double[][]{{1}, {0}});
            assertEquals(-Math.log(p) - Math.log(1 - p), new BinaryMixture().at(z, t, frame).value(ws), 1e-14);
        }
    }

    /// Row by row: eigenvalues λ of H become max(0, λ) by projection, λ − min(0, λ₁) by a shift.
    @ParameterizedTest
    @EnumSource
    void theRemediesMendTheEigenvalues(ConvexifiedLoss.Remedy remedy) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        Matrix z = Matrix.zeros(Precision.FLOAT64, 20, 3);
        Sampling.gaussian(0, 2, random, z);
        boolean negative = false;
        for (int i = 0; i < z.rows(); i++) {
            double[] of = eigenvalues(new BinaryMixture(), z.rows(i, i + 1));
            double[] mended = eigenvalues(new ConvexifiedLoss(new BinaryMixture(), remedy), z.rows(i, i + 1));
            double raise = remedy == ConvexifiedLoss.Remedy.SHIFT ? Math.max(0, -of[0]) : 0;
            double[] expected = Arrays.stream(of).map(x -> Math.max(0, x + raise)).toArray();
            assertArrayEquals(expected, mended, 1e-14);
            negative |= of[0] < -1e-3;
        }
        assertTrue(negative, "no row was indefinite");
    }

    /// Of the curvature at target 1, in ascending order.
    private double[] eigenvalues(Loss loss, Matrix z) {
        Matrix b = Matrix.zeros(Precision.FLOAT64, 3, 3);
        try (var frame = ws.open()) {
            LossPoint point = loss.at(z, row(Precision.FLOAT64, 1), frame);
            for (int j = 0; j < 3; j++) {
                point.curvatureProduct(Matrix.identity(Precision.FLOAT64, 3).rows(j, j + 1), b.rows(j, j + 1), ws);
            }
        }
        return SymmetricEigen.decompose(b, ws) instanceof SymmetricEigen.Outcome.Decomposed(SymmetricEigen eigen)
                ? eigen.values().toArray()
                : new double[0];
    }
}
