package io.quadric.linalg.internal.root;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.product.MatrixProduct;
import io.quadric.linalg.internal.product.MatrixVectorProduct;
import java.util.Arrays;
import java.util.Optional;

/// The coupled iteration of [io.quadric.linalg.InverseRoot] with polynomials in place of Newton's linear T. With the
/// eigenvalues of M in [l, 1], the polynomial q for which x¹ᐟᵖ q(x) is nearest to 1 there takes
///
///     H ← H q(M),   M ← q(M)ᵖ M.
///
/// One step of degree 4 brings l = 0.002 to 0.15, from where degree 16 is enough for 1e-6: 12 products of matrices for
/// p = 4, where Newton's iteration needs 20. The last step does not need the new M; a product with a vector shows
/// whether its polynomial was right. All matrices are polynomials of A, so their products are symmetric.
public final class CoupledPolynomials {
    private static final int STEP = 4;
    private static final int LONG_STEP = 6;
    private static final int[] LAST = {4, 6, 9, 12, 16, 20};

    /// Below this order, finding the polynomials takes longer than using them.
    private static final int LEAST_ORDER = 96;

    /// An error of degree d is at least this multiple of the d-th power of its rate, as far as tolerances matter.
    private static final double LEAST_FACTOR = 0.01;

    /// The effect on a vector may exceed the tolerance by this many rounding errors for each element.
    private static final double ROUNDINGS = 4;

    private static final long HASH = 0x9E3779B97F4A7C15L;

    /// Below this, Newton's iteration needs no more products than the polynomials, and rounding in FLOAT32 spoils the
    /// bounds.
    private static final double LEAST_LOWER = 1e-5;

    /// The factor by which bounds of eigenvalues are wider than computed.
    private static final double SLACK = 1.02;

    private final int root;
    private final int maxSteps;
    private final double tolerance;
    private int steps;
    private double error;

    public CoupledPolynomials(int root, int maxSteps, double tolerance) {
        this.root = root;
        this.maxSteps = maxSteps;
        this.tolerance = tolerance;
    }

    public int steps() {
        return steps;
    }

    /// The error of the last polynomial on the eigenvalues of M, or of its effect on a vector if that is larger.
    public double error() {
        return error;
    }

    /// Returns whether it was tried and succeeded; otherwise `out` is unchanged.
    public boolean run(Matrix a, double shift, Matrix out, Workspace ws) {
        int n = a.rows();
        if (n < LEAST_ORDER) {
            return false;
        }
        try (var frame = ws.open()) {
            Matrix m = CoupledNewton.shifted(a, shift, frame);
            double norm = m.norm();
            double lower = shift / (SLACK * norm);
            if (!(lower >= LEAST_LOWER)) {
                return false;
            }
            m.scale(1 / norm);
            return new Steps(m, frame).run(lower, Math.pow(norm, -1.0 / root), out);
        }
    }

    private final class Steps {
        private final Workspace ws;
        private final Matrix x;
        private Matrix m;
        private Matrix h;
        private Matrix q;
        private Matrix spare;

        Steps(Matrix m, Workspace.Frame frame) {
            ws = frame.workspace();
            this.m = m;
            x = frame.matrix(m.precision(), m.rows(), m.rows());
            h = frame.matrix(m.precision(), m.rows(), m.rows());
            q = frame.matrix(m.precision(), m.rows(), m.rows());
            spare = frame.matrix(m.precision(), m.rows(), m.rows());
        }

        /// @param smallest the lower bound of the eigenvalues of M; the upper one is 1
        /// @param factor the first H is this multiple of the identity
        boolean run(double smallest, double factor, Matrix out) {
            double lower = smallest;
            double scale = factor;
            while (steps < maxSteps) {
                Optional<RootPolynomial> last = last(lower);
                if (last.isPresent()) {
                    return finish(last.get(), lower, scale, out);
                }
                RootPolynomial next = next(lower);
                if (!(lower(next) > lower)) {
                    return false;
                }
                step(next, lower, scale);
                double upper = upper(next);
                m.scale(1 / upper);
                scale = Math.pow(upper, -1.0 / root);
                lower = lower(next);
            }
            return false;
        }

        /// The polynomial of the lowest degree that is good enough.
        private Optional<RootPolynomial> last(double lower) {
            double rate = (1 - Math.sqrt(lower)) / (1 + Math.sqrt(lower));
            return Arrays.stream(LAST)
                    .filter(degree -> LEAST_FACTOR * Math.pow(rate, degree) <= tolerance)
                    .mapToObj(degree -> RootPolynomial.of(root, degree, lower))
                    .filter(polynomial -> root * polynomial.error() <= tolerance)
                    .findFirst();
        }

        /// The polynomial of lower degree, unless only the one of higher degree leaves no more than a last step to do.
        private RootPolynomial next(double lower) {
            RootPolynomial low = RootPolynomial.of(root, STEP, lower);
            RootPolynomial high = RootPolynomial.of(root, LONG_STEP, lower);
            return last(lower(low)).isEmpty() && last(lower(high)).isPresent() ? high : low;
        }

        /// An upper bound of the eigenvalues of q(M)ᵖ M.
        private double upper(RootPolynomial polynomial) {
            return SLACK * Math.pow(1 + polynomial.error(), root);
        }

        /// The lower bound, divided by the upper one.
        private double lower(RootPolynomial polynomial) {
            return Math.pow(1 - polynomial.error(), root) / (SLACK * upper(polynomial));
        }

        /// q ← q(M), by the Chebyshev polynomials of X = 2 / (1 − l) M − (1 + l) / (1 − l) I. The rounding of small
        /// eigenvalues in X amounts to another polynomial q, which is as good, since M keeps them.
        private void evaluate(RootPolynomial polynomial, double lower) {
            x.axpby(2 / (1 - lower), m, 0).addToDiagonal(-(1 + lower) / (1 - lower));
            ChebyshevSeries.evaluate(polynomial.coefficients(), x, q, ws);
        }

        /// H ← scale H q(M), M ← q(M)ᵖ M
        private void step(RootPolynomial polynomial, double lower, double scale) {
            evaluate(polynomial, lower);
            multiplyRoot(scale);
            steps++;
            for (int rest = root; rest > 0; rest /= 2) {
                if (rest % 2 == 1) {
                    MatrixProduct.multiplySymmetric(1, Operands.symmetric(m, q, spare), 0, ws);
                    Matrix old = m;
                    m = spare;
                    spare = old;
                }
                if (rest > 1) {
                    MatrixProduct.multiplySymmetric(1, Operands.symmetric(q, q, spare), 0, ws);
                    Matrix old = q;
                    q = spare;
                    spare = old;
                }
            }
        }

        /// H ← scale H q, where the first H is the identity.
        private void multiplyRoot(double scale) {
            if (steps == 0) {
                h.axpby(scale, q, 0);
                return;
            }
            MatrixProduct.multiplySymmetric(scale, Operands.symmetric(h, q, spare), 0, ws);
            Matrix old = h;
            h = spare;
            spare = old;
        }

        private boolean finish(RootPolynomial polynomial, double lower, double scale, Matrix out) {
            evaluate(polynomial, lower);
            error = Math.max(root * polynomial.error(), effect());
            if (!(error <= tolerance + ROUNDINGS * m.rows() * m.precision().epsilon() / 2)) {
                return false;
            }
            multiplyRoot(scale);
            steps++;
            out.copyFrom(h);
            return true;
        }

        /// ‖q(M)ᵖ M z − z‖ / ‖z‖ for a vector z of irregular signs.
        private double effect() {
            try (var frame = ws.open()) {
                int n = m.rows();
                Vector z = frame.vector(m.precision(), n);
                for (int i = 0; i < n; i++) {
                    z.set(i, Long.bitCount(i * HASH) % 2 == 0 ? 1 : -1);
                }
                Vector from = frame.vector(m.precision(), n).copyFrom(z);
                Vector to = frame.vector(m.precision(), n);
                new MatrixVectorProduct(1, 0, ws).multiply(m, from, to);
                for (int i = 0; i < root; i++) {
                    from.copyFrom(to);
                    new MatrixVectorProduct(1, 0, ws).multiply(q, from, to);
                }
                return to.axpy(-1, z).norm() / z.norm();
            }
        }
    }
}
