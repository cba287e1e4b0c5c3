package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.random.RandomGenerator;

/// The diagonal of the Gauss-Newton matrix G = (1/N) Σ Jᵢᵀ Hᵢ Jᵢ + ηI, exact or estimated. The exact diagonal
/// costs one backward pass for each output (each output and time step of a sequence), or two if the loss is not convex.
/// Where
/// layers [couple the cases][Linearization#couplesCases()], Jᵢ is the Jacobian of case i's outputs through the whole
/// batch, and every case needs passes of its own.
public final class GaussNewtonDiagonal {
    private GaussNewtonDiagonal() {}

    /// d ← diag(G). For a convex loss, with the columns s of a square root of Hᵢ, it is (1/N) Σᵢ Σₛ (Jᵢᵀs)², else as
    /// [#ofPairs].
    ///
    /// @param at the linearization
    /// @param d overwritten, a flat vector
    public static void exact(Linearization at, Vector d) {
        if (!at.model().loss().isConvex()) {
            ofPairs(at, d);
            return;
        }
        start(at, d);
        try (var frame = at.workspace().open()) {
            Matrix columns = at.outputsLike(frame);
            Matrix dz = at.outputsLike(frame);
            for (int c = 0; c < at.rootColumns(); c++) {
                at.hessianRoot(c, columns);
                for (int t = 0; t < steps(at); t++) {
                    oneStep(at, t, columns, dz);
                    addSquares(at, dz, d);
                }
            }
        }
    }

    /// d ← an unbiased estimate of diag(G) at the cost of one backward pass, two where the loss is not convex (Martens
    /// & Sutskever 2012, Algorithm 7, with signs instead of any v of unit covariance): (1/N) Σᵢ (Jᵢᵀ Sᵢ ω)², Sᵢ Sᵢᵀ =
    /// Hᵢ, ω of independent random signs for each case, time step and column of Sᵢ. Without a real Sᵢ it is
    /// (1/N) Σᵢ (Jᵢᵀω) ∘ (JᵢᵀHᵢω), which may be negative.
    ///
    /// @param at the linearization
    /// @param random draws ω
    /// @param d overwritten, a flat vector
    public static void estimate(Linearization at, RandomGenerator random, Vector d) {
        start(at, d);
        Workspace ws = at.workspace();
        try (var frame = ws.open()) {
            Matrix signs = at.outputsLike(frame);
            Matrix dz = at.outputsLike(frame);
            if (at.model().loss().isConvex()) {
                signedRoots(at, random, dz);
                addSquares(at, dz, d);
            } else {
                Sampling.rademacher(random, signs);
                at.batchLoss().curvatureProduct(signs, dz, ws);
                addPair(at, signs, dz, d, new PairedGradientSink(d, 1.0 / at.cases()));
            }
        }
    }

    /// dz ← Sᵢ ω for each case and time step
    private static void signedRoots(Linearization at, RandomGenerator random, Matrix dz) {
        dz.fill(0);
        try (var frame = at.workspace().open()) {
            Matrix column = at.outputsLike(frame);
            Matrix rows = at.batchLoss().rows(column);
            Vector signs = frame.vector(dz.precision(), rows.rows());
            for (int c = 0; c < at.rootColumns(); c++) {
                at.hessianRoot(c, column);
                Sampling.rademacher(random, signs.asRow());
                Elementwise.scaleRows(signs, rows, rows, at.workspace());
                dz.axpby(1, column, 1);
            }
        }
    }

    /// d ← d + (1/N) Σᵢ (Jᵢᵀ dzᵢ)²; dz may be overwritten.
    private static void addSquares(Linearization at, Matrix dz, Vector d) {
        if (!at.couplesCases()) {
            at.backward(dz, new SquaredGradientSink(d, at.batchCases()));
            return;
        }
        at.weigh(dz, 0.5);
        try (var frame = at.workspace().open()) {
            Vector g = frame.vector(d.precision(), d.size());
            Matrix one = at.outputsLike(frame);
            for (int i = 0; i < at.cases(); i++) {
                pullCase(at, i, dz, one, g);
                addProduct(at, g, g, d);
            }
        }
    }

    /// g ← Jᵢᵀ dzᵢ
    private static void pullCase(Linearization at, int i, Matrix dz, Matrix one, Vector g) {
        one.fill(0);
        one.row(i).copyFrom(dz.row(i));
        at.vjp(one, g);
    }

    private static void addProduct(Linearization at, Vector a, Vector b, Vector d) {
        new Hadamard(1.0 / at.cases(), 1).multiply(a.asRow(), b.asRow(), d.asRow(), at.workspace());
    }

    /// d ← diag(G) for a Hessian that may be indefinite: (1/N) Σᵢ Σₐ (Jᵢᵀeₐ) ∘ (JᵢᵀHᵢeₐ), eₐ the unit vectors.
    ///
    /// @param at the linearization
    /// @param d overwritten, a flat vector
    public static void ofPairs(Linearization at, Vector d) {
        start(at, d);
        Workspace ws = at.workspace();
        PairedGradientSink sink = new PairedGradientSink(d, 1.0 / at.cases());
        try (var frame = ws.open()) {
            Matrix unit = at.outputsLike(frame);
            Matrix product = at.outputsLike(frame);
            for (int a = 0; a < unit.columns(); a++) {
                unit.fill(0);
                unit.columns(a, a + 1).fill(1);
                at.batchLoss().curvatureProduct(unit, product, ws);
                addPair(at, unit, product, d, sink);
            }
        }
    }

    private static void addPair(Linearization at, Matrix a, Matrix b, Vector d, PairedGradientSink sink) {
        if (at.couplesCases()) {
            addProducts(at, a, b, d);
        } else {
            at.backward(a, sink.record());
            at.backward(b, sink);
        }
    }

    /// d ← d + (1/N) Σᵢ (Jᵢᵀ aᵢ) ∘ (Jᵢᵀ bᵢ)
    private static void addProducts(Linearization at, Matrix a, Matrix b, Vector d) {
        try (var frame = at.workspace().open()) {
            Vector first = frame.vector(d.precision(), d.size());
            Vector second = frame.vector(d.precision(), d.size());
            Matrix one = at.outputsLike(frame);
            for (int i = 0; i < at.cases(); i++) {
                pullCase(at, i, a, one, first);
                pullCase(at, i, b, one, second);
                addProduct(at, first, second, d);
            }
        }
    }

    private static void start(Linearization at, Vector d) {
        at.requireCurrent();
        d.fill(at.model().l2());
    }

    private static int steps(Linearization at) {
        return at.batchLoss().rows(at.outputs()).rows() / at.cases();
    }

    /// dz ← the part of `columns` that belongs to time step t, zero elsewhere.
    private static void oneStep(Linearization at, int t, Matrix columns, Matrix dz) {
        int width = columns.columns() / steps(at);
        dz.fill(0);
        dz.columns(t * width, (t + 1) * width).copyFrom(columns.columns(t * width, (t + 1) * width));
    }
}
