package io.quadric.verify;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.Batch;
import io.quadric.nn.KfraFactors;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;
import java.util.random.RandomGenerator;

/// A subject linearized at its point, with the helpers that laws share.
public final class Probe {
    private static final double[] STEPS = {1, 0.1, 0.01, 0.001};
    private static final double CASES_APART = 1e-10;

    /// Roundings by which two computations of one product may differ.
    private static final double OWN_CURVATURE = 100;

    private final Subject subject;
    private final Linearization at;
    private final RandomGenerator random;

    Probe(Subject subject, Linearization at, RandomGenerator random) {
        this.subject = subject;
        this.at = at;
        this.random = random;
    }

    /// {@return what is checked}
    public Subject subject() {
        return subject;
    }

    /// {@return its linearization}
    public Linearization at() {
        return at;
    }

    /// {@return the source of random numbers}
    public RandomGenerator random() {
        return random;
    }

    /// {@return threads and scratch}
    public Workspace workspace() {
        return at.workspace();
    }

    /// {@return the element type of the subject}
    public Precision precision() {
        return subject.parameters().values().precision();
    }

    /// {@return the number of parameters}
    public int size() {
        return subject.parameters().values().size();
    }

    /// {@return a normal random vector over all parameters}
    public Vector direction() {
        return RandomData.direction(precision(), size(), random);
    }

    /// {@return a normal random matrix shaped like the outputs}
    public Matrix cotangent() {
        Matrix u = outputsLike();
        Sampling.gaussian(0, 1, random, u);
        return u;
    }

    /// {@return a zero matrix shaped like the outputs}
    public Matrix outputsLike() {
        return Matrix.zeros(precision(), at.outputs().rows(), at.outputs().columns());
    }

    /// {@return J v}
    ///
    /// @param v a direction
    public Matrix jvp(Vector v) {
        Matrix rz = outputsLike();
        at.jvp(v, rz);
        return rz;
    }

    /// {@return Jᵀu}
    ///
    /// @param u shaped like the outputs
    public Vector vjp(Matrix u) {
        Vector g = Vector.zeros(precision(), size());
        at.vjp(u, g);
        return g;
    }

    /// {@return ∇f}
    public Vector gradient() {
        Vector g = Vector.zeros(precision(), size());
        at.gradient(g);
        return g;
    }

    /// {@return G v}
    ///
    /// @param v a direction
    public Vector gaussNewton(Vector v) {
        return apply(at.gaussNewton(), v);
    }

    /// {@return ∇²f v}
    ///
    /// @param v a direction
    public Vector hessian(Vector v) {
        try (var frame = workspace().open()) {
            return apply(at.hessian(frame), v);
        }
    }

    private Vector apply(SelfAdjointOperator operator, Vector v) {
        Vector product = Vector.zeros(precision(), size());
        operator.apply(v, product, workspace());
        return product;
    }

    /// {@return the size of a gradient if every ∂L/∂z were about 1}
    public double gradientSize() {
        return Errors.largest(vjp(cotangent()).toArray()) / subject.batch().cases();
    }

    /// {@return the size of a curvature product if every loss Hessian were I}: the largest element of (1/N) JᵀJv
    ///
    /// @param v a direction
    public double curvatureSize(Vector v) {
        return Errors.largest(vjp(jvp(v)).toArray()) / subject.batch().cases();
    }

    /// {@return whether the loss is convex, so that its Hessian has a square root}
    public boolean isConvex() {
        return subject.model().loss().isConvex();
    }

    /// {@return whether the Gauss-Newton matrix contains something other than the loss Hessian} Along every output:
    /// what differs in one direction only can be small in a random one, and all that is left in a block of parameters.
    public boolean hasOwnCurvature() {
        Matrix unit = outputsLike();
        for (int j = 0; j < unit.columns(); j++) {
            unit.fill(0).columns(j, j + 1).fill(1);
            double[] hessian = lossAt().hessian(flatOutputs(), unit.flat());
            double[] curvature = lossAt().curvature(flatOutputs(), unit.flat());
            if (Errors.relative(curvature, hessian, Errors.FLOOR) > OWN_CURVATURE * precision().epsilon()) {
                return true;
            }
        }
        return false;
    }

    /// {@return the smallest error over a ladder of steps}: the first one suffices for smooth models; smaller ones step
    /// over fewer kinks. A wrong derivative is wrong at every step.
    ///
    /// @param error the error against given differences
    public OptionalDouble againstDifferences(ToDoubleFunction<FiniteDifferences> error) {
        double bound = Bound.FINITE_DIFFERENCES.value(precision());
        double best = Double.NaN;
        for (double factor : STEPS) {
            double step = FiniteDifferences.STEP * factor;
            double now = error.applyAsDouble(new FiniteDifferences(subject, step, workspace()));
            best = now <= best || Double.isNaN(best) ? now : best;
            if (best <= bound) {
                break;
            }
        }
        return OptionalDouble.of(best);
    }

    /// {@return whether every case depends on its own inputs alone}: no layer normalises by the batch, and a forward
    /// pass of each one gives the same outputs
    public boolean casesAreIndependent() {
        if (at.couplesCases()) {
            return false;
        }
        Model model = subject.model();
        Batch batch = subject.batch();
        double largest = Errors.largest(at.outputs().copy().flat().toArray());
        for (int i = 0; i < batch.cases(); i++) {
            Batch one = batch.rows(i, i + 1);
            try (var single = Linearization.at(model, subject.parameters(), one, workspace())) {
                double[] alone = single.outputs().row(0).toArray();
                double[] together = at.outputs().row(i).toArray();
                double apart = CASES_APART * largest * (precision().epsilon() / Precision.FLOAT64.epsilon());
                if (Errors.relative(alone, together, 0) * Errors.largest(together) > apart) {
                    return false;
                }
            }
        }
        return true;
    }

    /// {@return whether the outputs are linear in the parameters}: F(θ + v) + F(θ − v) = 2 F(θ) for a large random v
    public boolean isLinearInParameters() {
        Subject wide = subject.in(Precision.FLOAT64);
        Vector v = RandomData.direction(Precision.FLOAT64, size(), random);
        double[] sum = outputs(wide, v, 1);
        double[] behind = outputs(wide, v, -1);
        double[] here = outputs(wide, v, 0);
        double largest = Math.max(Errors.largest(sum), Errors.largest(behind));
        for (int i = 0; i < sum.length; i++) {
            sum[i] += behind[i];
            here[i] *= 2;
        }
        return Errors.relative(sum, here, largest) <= Bound.ROUNDING.value(Precision.FLOAT64);
    }

    private double[] outputs(Subject wide, Vector v, double h) {
        var moved = wide.parameters().copy(Precision.FLOAT64);
        moved.update(theta -> theta.axpy(h, v));
        try (var there = Linearization.at(wide.model(), moved, wide.batch(), workspace())) {
            return there.outputs().copy().flat().toArray();
        }
    }

    LossAt lossAt() {
        return new LossAt(subject, workspace());
    }

    Vector flatOutputs() {
        return at.outputs().copy().flat();
    }

    /// {@return whether this is a chain of affine layers and elementwise functions on plain features}
    boolean isChainOfDense() {
        return KfraFactors.isChain(subject.model().network());
    }
}
