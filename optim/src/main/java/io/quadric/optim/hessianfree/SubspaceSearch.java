package io.quadric.optim.hessianfree;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import io.quadric.optim.Start;
import io.quadric.optim.internal.DenseBfgs;

/// Minimises a ↦ f(θ + Vᵀa) on a batch, V the rows of a [KrylovBasis]: BFGS with a backtracking line search, started
/// from the best minimiser of the quadratic model on the leading vectors.
final class SubspaceSearch {
    private static final double SLOPE = 1e-4;
    private static final double SHRINK = 0.5;
    private static final int TRIALS = 20;
    private static final double SPACING = 1.3;

    private final Start start;
    private final CaseSet batch;
    private final KrylovBasis basis;
    private final Workspace ws;
    private final double before;
    private final Vector point;
    private final Vector slope;
    private double value;
    private int iterations;

    /// Begins at a = 0.
    ///
    /// @param frame the topmost open frame, for the point
    SubspaceSearch(Start start, CaseSet batch, KrylovBasis basis, Workspace.Frame frame) {
        this.start = start;
        this.batch = batch;
        this.basis = basis;
        ws = start.ws();
        var precision = start.parameters().values().precision();
        point = frame.vector(precision, basis.count()).fill(0);
        slope = frame.vector(precision, basis.count());
        value = evaluate(point, slope);
        before = value;
    }

    /// f(θ + Vᵀa) − f(θ), at most 0.
    double reduction() {
        return value - before;
    }

    /// The iterations of BFGS.
    int iterations() {
        return iterations;
    }

    /// a
    Vector point() {
        return point;
    }

    /// Goes to the best of the minimisers of ½aᵀ(VBVᵀ + λI)a + gᵀa over the first ⌈1.3ⁱ⌉ vectors and over all, if that
    /// is lower than the current point.
    ///
    /// @param g the coefficients of the model's gradient
    void startFromModel(Vector g, double lambda) {
        int last = 0;
        for (double power = 1; last < basis.count(); power *= SPACING) {
            int size = Math.min(basis.count(), (int) Math.ceil(power));
            if (size > last) {
                tryModel(g, lambda, size);
                last = size;
            }
        }
    }

    private void tryModel(Vector g, double lambda, int size) {
        try (var frame = ws.open()) {
            Matrix damped = frame.matrix(g.precision(), size, size);
            damp(size, lambda, damped);
            if (!(Cholesky.factorInPlace(damped, ws) instanceof Cholesky.Outcome.Factored factored)) {
                return;
            }
            Vector candidate = frame.vector(g.precision(), basis.count()).fill(0);
            Vector part = candidate.slice(0, size);
            part.axpby(-1, g.slice(0, size), 0);
            factored.cholesky().solve(part, ws);
            Vector candidateSlope = frame.vector(g.precision(), basis.count());
            double candidateValue = evaluate(candidate, candidateSlope);
            if (candidateValue < value && candidateSlope.isFinite()) {
                accept(candidate, candidateSlope, candidateValue);
            }
        }
    }

    /// The leading block of VBVᵀ + λI
    private void damp(int size, double lambda, Matrix out) {
        out.copyFrom(basis.projected().rows(0, size).columns(0, size));
        out.addToDiagonal(lambda);
    }

    private void accept(Vector next, Vector nextSlope, double nextValue) {
        point.copyFrom(next);
        slope.copyFrom(nextSlope);
        value = nextValue;
    }

    /// BFGS from the current point, downwards only, with the inverse of VBVᵀ + λI, or I if there is none, as its first
    /// matrix.
    ///
    /// @param most the largest number of iterations
    void descend(int most, double lambda) {
        int n = basis.count();
        try (var frame = ws.open()) {
            Matrix inverse = frame.matrix(point.precision(), n, n);
            Matrix damped = frame.matrix(point.precision(), n, n);
            damp(n, lambda, damped);
            if (Cholesky.factorInPlace(damped, ws) instanceof Cholesky.Outcome.Factored factored) {
                factored.cholesky().inverse(inverse, ws);
            } else {
                inverse.copyFrom(Matrix.identity(point.precision(), n));
            }
            DenseBfgs hessian = new DenseBfgs(inverse);
            while (iterations < most && iterate(hessian)) {
                iterations++;
            }
        }
    }

    /// One iteration, which returns whether it moved.
    private boolean iterate(DenseBfgs hessian) {
        try (var frame = ws.open()) {
            Vector direction = frame.vector(point.precision(), point.size());
            Vector trial = frame.vector(point.precision(), point.size());
            Vector trialSlope = frame.vector(point.precision(), point.size());
            hessian.apply(slope, direction, ws);
            double descent = -slope.dot(direction);
            double alpha = 1;
            for (int i = 0; i < TRIALS && descent < 0; i++) {
                trial.copyFrom(point).axpy(-alpha, direction);
                double trialValue = evaluate(trial, trialSlope);
                if (trialValue < value && trialValue <= value + SLOPE * alpha * descent && trialSlope.isFinite()) {
                    direction.scale(-alpha);
                    slope.axpby(1, trialSlope, -1);
                    hessian.update(direction, slope, ws);
                    accept(trial, trialSlope, trialValue);
                    return true;
                }
                alpha *= SHRINK;
            }
            return false;
        }
    }

    /// f(θ + Vᵀa), and its gradient V∇f.
    private double evaluate(Vector a, Vector gradient) {
        Parameters theta = start.parameters();
        try (var frame = ws.open()) {
            Vector moved = frame.vector(a.precision(), theta.values().size());
            Vector full = frame.vector(a.precision(), theta.values().size());
            basis.combine(a, moved);
            moved.axpy(1, theta.values());
            try (var at = batch.at(start.model(), new Parameters(theta.layout(), moved), ws)) {
                double value = at.gradient(full, Objective.Observer.NONE);
                basis.coefficients(full, gradient);
                return value;
            }
        }
    }
}
