package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import java.util.List;
import java.util.OptionalDouble;

/// Laws that hold in expectation. A correct library fails one of these checks with a probability below
/// [#ERROR_RATE].
final class SamplingLaws {
    /// Probability of a false alarm of one check.
    static final double ERROR_RATE = 1e-9;

    private static final int ROWS = 256;
    private static final int DRAWS = 160;

    /// How far beyond the largest square among the draws an unbounded one is taken to reach: of some ten thousand
    /// normal numbers the largest is about 4, and 4² · 2.5 = 6.3² is passed with probability 3 · 10⁻¹⁰.
    private static final double BEYOND = 2.5;

    static final List<Law> ALL = List.of(new Law(
            "fisher-is-gauss-newton",
            "vᵀGv − ηvᵀv is the mean of (1/N) Σ (∇Lᵢᵀv)² over targets drawn from the model",
            Bound.SAMPLING,
            SamplingLaws::fisher));

    private SamplingLaws() {}

    /// The cases are repeated, so that one pass draws many targets; statistics of the batch stay what they are.
    private static OptionalDouble fisher(Probe probe) {
        if (!probe.isConvex() || hessianDependsOnTargets(probe)) {
            return OptionalDouble.empty();
        }
        Vector v = probe.direction();
        double curvature = v.dot(probe.gaussNewton(v));
        double expected = curvature - probe.subject().model().l2() * v.dot(v);
        Subject many = repeated(probe.subject());
        try (var at = Linearization.at(many.model(), many.parameters(), many.batch(), probe.workspace())) {
            Matrix jv = Matrix.zeros(probe.precision(), at.outputs().rows(), at.outputs().columns());
            at.jvp(v, jv);
            Matrix u = RandomData.lossRows(jv, many.model().network().output());
            int rowsPerCase = u.rows() / many.batch().cases();
            Squares squares = new Squares();
            Matrix dz = jv.copy();
            for (int k = 0; k < DRAWS; k++) {
                at.sampledLossGradient(probe.random(), dz);
                squares.add(u, RandomData.lossRows(dz, many.model().network().output()));
            }
            double rounding = Bound.ROUNDING.value(probe.precision()) * Math.abs(curvature);
            double allowed = rowsPerCase * squares.deviation() + rounding;
            return OptionalDouble.of(Errors.relative(rowsPerCase * squares.mean(), expected, allowed));
        }
    }

    private static boolean hessianDependsOnTargets(Probe probe) {
        Subject subject = probe.subject();
        Matrix drawn = subject.batch().targets().copy();
        Matrix z = RandomData.lossRows(
                probe.at().outputs(), subject.model().network().output());
        subject.model()
                .loss()
                .sample(z, probe.random(), RandomData.lossRows(drawn, subject.model().targets()), probe.workspace());
        Subject other = new Subject(
                "", subject.model(), subject.parameters(), new Batch(subject.batch().inputs(), drawn));
        Vector u = probe.cotangent().flat();
        double[] here = probe.lossAt().hessian(probe.flatOutputs(), u);
        double[] there = new LossAt(other, probe.workspace()).hessian(probe.flatOutputs(), u);
        double floor = Errors.FLOOR * Errors.largest(u.toArray());
        return Errors.relative(there, here, floor) > Bound.ROUNDING.value(probe.precision());
    }

    private static Subject repeated(Subject subject) {
        Batch batch = subject.batch();
        int times = Math.max(1, ROWS / batch.cases());
        Batch many = new Batch(repeated(batch.inputs(), times), repeated(batch.targets(), times));
        return new Subject(subject.name(), subject.model(), subject.parameters(), many);
    }

    private static Matrix repeated(Matrix x, int times) {
        Matrix many = Matrix.zeros(x.precision(), times * x.rows(), x.columns());
        for (int k = 0; k < times; k++) {
            many.rows(k * x.rows(), (k + 1) * x.rows()).copyFrom(x);
        }
        return many;
    }

    /// Mean and variance of (uᵢᵀgᵢ)², and how far the mean may be from its expectation: the empirical Bernstein bound
    /// for independent numbers in [0, R], √(2 V ln(4/δ) / n) + 7 R ln(4/δ) / (3 (n − 1)) (Maurer and Pontil 2009,
    /// Theorem 4). R is what residuals of 1 make possible, ‖u‖₁², or goes beyond the largest square among the draws.
    private static final class Squares {
        private long count;
        private double sum;
        private double sumOfSquares;
        private double largest;
        private double largestDirection;

        void add(Matrix u, Matrix g) {
            for (int i = 0; i < u.rows(); i++) {
                double product = 0;
                double size = 0;
                for (int j = 0; j < u.columns(); j++) {
                    product += u.get(i, j) * g.get(i, j);
                    size += Math.abs(u.get(i, j));
                }
                double square = product * product;
                largest = Errors.max(largest, square);
                largestDirection = Errors.max(largestDirection, size);
                sum += square;
                sumOfSquares += square * square;
                count++;
            }
        }

        double mean() {
            return sum / count;
        }

        double deviation() {
            double variance = Errors.max(0, sumOfSquares / count - mean() * mean());
            double range = Errors.max(largestDirection * largestDirection, BEYOND * largest);
            double log = Math.log(4 / ERROR_RATE);
            return Math.sqrt(2 * variance * log / count) + 7 * range * log / (3 * (count - 1.0));
        }
    }
}
