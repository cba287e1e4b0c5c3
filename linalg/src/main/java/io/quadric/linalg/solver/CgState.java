package io.quadric.linalg.solver;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.kernel.Sharing;
import io.quadric.linalg.operator.Identity;
import io.quadric.linalg.operator.InverseDiagonal;

/// The vectors of a solve by conjugate gradients, x, r = Bx − b, z = P⁻¹r, the direction p and its product q = Bp, and
/// what is known about them. z takes the place of q, which an update has used by then. An update and all sums over its
/// results are one pass over memory, shared out to the threads of the workspace.
final class CgState {
    /// The number of elements of each vector that stay in the first-level cache during a step.
    private static final int PIECE = 1024;

    /// The number of sums that a step makes.
    private static final int SUMS = 4;

    /// What a residual loses by the rounding of a few products and sums.
    private static final double ROUNDINGS = 8;

    final Vector x;
    final Vector direction;
    final Vector product;
    final Vector residual;
    private final LinearSystem system;
    private final Workspace ws;
    private final Vector preconditioned;
    /// d if P = diag(d), otherwise a vector without elements.
    private final Vector diagonal;
    /// The sums of a step over every range: rᵀr, rᵀx, bᵀx and rᵀP⁻¹r.
    private final Vector sums;
    private double residualSquare;
    private double residualProduct;
    private double rightProduct;
    private double energy;
    private double firstResidual;

    CgState(LinearSystem system, Vector x, Workspace.Frame frame) {
        this.system = system;
        this.ws = frame.workspace();
        this.x = x;
        Sharing.requireDisjoint("solve", system.rightSide().asRow(), x.asRow());
        Precision precision = system.operator().precision();
        int size = system.operator().size();
        residual = frame.vector(precision, size);
        diagonal = system.inversePreconditioner() instanceof InverseDiagonal(Vector d) ? d : frame.vector(precision, 0);
        Sharing.requireDisjoint("solve", diagonal.asRow(), x.asRow());
        direction = frame.vector(precision, size);
        product = frame.vector(precision, size);
        preconditioned = system.inversePreconditioner() instanceof Identity ? residual : product;
        sums = frame.vector(Precision.FLOAT64, SUMS * Workspace.ranges(size));
    }

    /// Computes all but q for the current x.
    void begin() {
        system.operator().apply(x, residual, ws);
        residual.axpy(-1, system.rightSide());
        start();
    }

    /// Whether the residual is no more than some rounding errors of b, or of the first residual if that was larger.
    boolean isRounding() {
        double scale = Math.max(system.rightSide().norm(), firstResidual);
        return residualNorm() <= ROUNDINGS * x.precision().epsilon() * scale;
    }

    /// Computes all but q for x = 0, which takes no product.
    void beginAtZero() {
        x.fill(0);
        residual.axpby(-1, system.rightSide(), 0);
        start();
    }

    private void start() {
        residualSquare = residual.dot(residual);
        residualProduct = residual.dot(x);
        rightProduct = system.rightSide().dot(x);
        precondition();
        energy = residual.dot(preconditioned);
        direction.axpby(-1, preconditioned, 0);
        firstResidual = residualNorm();
    }

    private void precondition() {
        if (preconditioned != residual) {
            system.inversePreconditioner().apply(residual, preconditioned, ws);
        }
    }

    /// q ← Bp; returns pᵀBp.
    double curvature() {
        system.operator().apply(direction, product, ws);
        return dot(direction, product);
    }

    private double dot(Vector a, Vector b) {
        return ws.sum(a.size(), (from, to) -> a.slice(from, to).dot(b.slice(from, to)));
    }

    /// x ← x + step · p and r ← r + step · q
    void advance(double step) {
        sums.fill(0);
        ws.ranges(x.size(), (range, from, to) -> {
            for (int at = from; at < to; at += PIECE) {
                advance(step, at, Math.min(to, at + PIECE), SUMS * range);
            }
        });
        residualSquare = sum(0);
        residualProduct = sum(1);
        rightProduct = sum(2);
        energy = sum(3);
    }

    private double sum(int which) {
        double sum = 0;
        for (int i = which; i < sums.size(); i += SUMS) {
            sum += sums.get(i);
        }
        return sum;
    }

    private void advance(double step, int from, int to, int at) {
        Vector xs = x.slice(from, to);
        Vector rs = residual.slice(from, to);
        add(at, xs.conjugateStep(step, direction.slice(from, to), product.slice(from, to), rs));
        add(at + 1, rs.dot(xs));
        add(at + 2, xs.dot(system.rightSide().slice(from, to)));
        if (diagonal.size() > 0) {
            Matrix d = diagonal.slice(from, to).asRow();
            add(at + 3, KernelProvider.kernels(rs.precision()).squareOver(rs.asRow(), d));
        }
    }

    private void add(int at, double part) {
        sums.set(at, sums.get(at) + part);
    }

    /// Computes the next conjugate direction, p ← −z + (new energy / old energy) p. Returns the quotient.
    double turn(double oldEnergy) {
        precondition();
        if (diagonal.size() == 0) {
            energy = preconditioned == residual ? residualSquare : dot(residual, preconditioned);
        }
        double quotient = energy / oldEnergy;
        ws.ranges(x.size(), (range, from, to) -> direction.slice(from, to)
                .axpby(-1, preconditioned.slice(from, to), quotient));
        return quotient;
    }

    /// rᵀP⁻¹r; after a step it is up to date once [#turn] has been called.
    double energy() {
        return energy;
    }

    /// M(x) = ½xᵀBx − bᵀx = ½(r − b)ᵀx
    double model() {
        return 0.5 * (residualProduct - rightProduct);
    }

    /// ‖r‖₂
    double residualNorm() {
        boolean safe = residualSquare > 1e-280 && residualSquare < 1e300;
        return safe ? Math.sqrt(residualSquare) : residual.norm();
    }
}
