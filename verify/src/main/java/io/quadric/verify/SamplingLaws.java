package io.quadric.verify;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.loss.LossPoint;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

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

    static final List<Law> ALL = List.of(
            new Law(
                    "sampled-targets",
                    "the means of t − E t, of uᵀ∂L/∂z and of (uᵀ∂L/∂z)² − uᵀHu over targets t drawn from the model are"
                            + " 0, E t the mean that the loss tells",
                    Bound.SAMPLING,
                    SamplingLaws::targets),
            new Law(
                    "fisher-is-gauss-newton",
                    "vᵀGv − ηvᵀv is the mean of (1/N) Σ (∇Lᵢᵀv)² over targets drawn from the model",
                    Bound.SAMPLING,
                    SamplingLaws::fisher));

    private SamplingLaws() {}

    /// Of every negative log-likelihood, whether its Hessian depends on the target or not.
    private static OptionalDouble targets(Probe probe) {
        Subject many = repeated(probe.subject());
        try (var at = Linearization.at(many.model(), many.parameters(), many.batch(), probe.workspace())) {
            Matrix z = RandomData.lossRows(at.outputs(), many.model().network().output());
            Matrix t = RandomData.lossRows(many.batch().targets().copy(), many.model().targets());
            Matrix u = RandomData.lossRows(
                    repeated(probe.cotangent(), times(probe.subject())), many.model().network().output());
            Matrix g = z.copy();
            Matrix hu = z.copy();
            Predicted predicted = new Predicted(many, z, probe);
            double[] sizes = sizes(u);
            Mean slope = new Mean();
            Mean curvature = new Mean();
            for (int k = 0; k < DRAWS; k++) {
                many.model().loss().sample(z, probe.random(), t, probe.workspace());
                predicted.add(t, probe.workspace());
                try (var frame = probe.workspace().open()) {
                    LossPoint point = many.model().loss().at(z, t, frame);
                    point.gradient(g, probe.workspace());
                    point.hessianProduct(u, hu, probe.workspace());
                }
                double[] along = dots(u, g, probe.workspace());
                double[] curved = dots(u, hu, probe.workspace());
                for (int i = 0; i < sizes.length; i++) {
                    slope.add(along[i], sizes[i]);
                    curvature.add(along[i] * along[i] - curved[i], sizes[i] * sizes[i]);
                }
            }
            return OptionalDouble.of(Errors.max(
                    predicted.deviations.ofZero(), Errors.max(slope.ofZero(), curvature.ofZero())));
        }
    }

    /// The mean of wᵀ(t − E t) over half of the draws, with w the mean of t − E t over the other half, in which errors
    /// of different outputs and rows cannot cancel.
    private static final class Predicted {
        private final Matrix mean;
        private final Matrix along;
        private final Matrix apart;
        private final Mean deviations = new Mean();
        private double[] sizes = new double[0];
        private int draws;

        Predicted(Subject many, Matrix z, Probe probe) {
            Matrix t = RandomData.lossRows(many.batch().targets().copy(), many.model().targets());
            mean = t.copy().fill(Double.NaN);
            many.model().loss().mean(z, mean, probe.workspace());
            along = t.copy().fill(0);
            apart = t;
        }

        void add(Matrix t, Workspace ws) {
            apart.copyFrom(t);
            Elementwise.axpby(-1, mean, 1, apart, ws);
            if (draws++ < DRAWS / 2) {
                Elementwise.axpby(2.0 / DRAWS, apart, 1, along, ws);
                return;
            }
            sizes = sizes.length == 0 ? SamplingLaws.sizes(along) : sizes;
            double[] dots = dots(along, apart, ws);
            for (int i = 0; i < sizes.length; i++) {
                deviations.add(dots[i], sizes[i]);
            }
        }
    }

    /// ‖u‖₁ of every row, what residuals of 1 make possible.
    private static double[] sizes(Matrix u) {
        double[] sizes = new double[u.rows()];
        for (int i = 0; i < sizes.length; i++) {
            for (double element : u.row(i).toArray()) {
                sizes[i] += Math.abs(element);
            }
        }
        return sizes;
    }

    /// The products of the rows; the second matrix is overwritten.
    private static double[] dots(Matrix x, Matrix y, Workspace ws) {
        try (var frame = ws.open()) {
            Vector sums = frame.vector(x.precision(), x.rows());
            Hadamard.SET.multiply(x, y, y, ws);
            Elementwise.rowSums(y, sums);
            return sums.toArray();
        }
    }

    /// The cases are repeated, so that one pass draws many targets; statistics of the batch stay what they are.
    private static OptionalDouble fisher(Probe probe) {
        if (!probe.isConvex() || probe.hasOwnCurvature() || hessianDependsOnTargets(probe)) {
            return OptionalDouble.empty();
        }
        Vector v = probe.direction();
        double curvature = v.dot(probe.gaussNewton(v));
        double expected = curvature - probe.subject().model().l2() * v.dot(v);
        Subject many = repeated(probe.subject());
        try (var at = Linearization.at(many.model(), many.parameters(), many.batch(), probe.workspace())) {
            Matrix jv = Matrix.zeros(probe.precision(), at.outputs().rows(), at.outputs().columns());
            at.jvp(v, jv);
            at.weigh(jv, 0.5);
            Matrix u = RandomData.lossRows(jv, many.model().network().output());
            int rowsPerCase = u.rows() / many.batch().cases();
            double[] sizes = sizes(u);
            Mean squares = new Mean();
            Matrix dz = jv.copy();
            for (int k = 0; k < DRAWS; k++) {
                at.sampledLossGradient(probe.random(), dz);
                Matrix g = RandomData.lossRows(dz, many.model().network().output());
                double[] along = dots(u, g, probe.workspace());
                for (int i = 0; i < sizes.length; i++) {
                    squares.add(along[i] * along[i], sizes[i] * sizes[i]);
                }
            }
            double rounding = Bound.ROUNDING.value(probe.precision()) * Math.abs(curvature);
            double allowed = rowsPerCase * squares.deviation() + rounding;
            return OptionalDouble.of(Errors.relative(rowsPerCase * squares.value(), expected, allowed));
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
                "", subject.model(), subject.parameters(), subject.batch().with(subject.batch().inputs(), drawn));
        Vector u = probe.cotangent().flat();
        double[] here = probe.lossAt().hessian(probe.flatOutputs(), u);
        double[] there = new LossAt(other, probe.workspace()).hessian(probe.flatOutputs(), u);
        double floor = Errors.FLOOR * Errors.largest(u.toArray());
        return Errors.relative(there, here, floor) > Bound.ROUNDING.value(probe.precision());
    }

    private static Subject repeated(Subject subject) {
        Batch batch = subject.batch();
        int times = times(subject);
        Batch many = batch.chosen(IntStream.range(0, times * batch.cases()).map(i -> i % batch.cases()).toArray());
        return new Subject(subject.name(), subject.model(), subject.parameters(), many);
    }

    private static int times(Subject subject) {
        Matrix targets = RandomData.lossRows(
                subject.batch().targets(), subject.model().targets());
        return Math.max(1, ROWS / targets.rows());
    }

    private static Matrix repeated(Matrix x, int times) {
        Matrix many = Matrix.zeros(x.precision(), times * x.rows(), x.columns());
        for (int k = 0; k < times; k++) {
            many.rows(k * x.rows(), (k + 1) * x.rows()).copyFrom(x);
        }
        return many;
    }

    /// The mean of many independent numbers, and how far it may be from its expectation: the empirical Bernstein bound
    /// for numbers in an interval of length R, √(2 V ln(4/δ) / n) + 7 R ln(4/δ) / (3 (n − 1)) (Maurer and Pontil 2009,
    /// Theorem 4), with δ a third of the error rate since a law may ask for three means. R is what residuals of 1 make
    /// possible, or goes beyond the largest number among the draws.
    private static final class Mean {
        private long count;
        private double sum;
        private double sumOfSquares;
        private double largest;

        void add(double x, double possible) {
            largest = Errors.max(largest, Errors.max(possible, BEYOND * Math.abs(x)));
            sum += x;
            sumOfSquares += x * x;
            count++;
        }

        double value() {
            return sum / count;
        }

        /// How far it is from an expectation of 0, in units of twice the deviation.
        double ofZero() {
            return Errors.relative(value(), 0, 2 * deviation());
        }

        double deviation() {
            double variance = Errors.max(0, sumOfSquares / count - value() * value());
            double log = Math.log(12 / ERROR_RATE);
            return Math.sqrt(2 * variance * log / count) + 7 * largest * log / (3 * (count - 1.0));
        }
    }
}
