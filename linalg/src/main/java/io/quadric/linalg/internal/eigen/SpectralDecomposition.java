package io.quadric.linalg.internal.eigen;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.product.MatrixProduct;
import java.util.function.DoubleUnaryOperator;

/// The steps of a symmetric eigendecomposition: A is scaled to norm about 1, reduced to tridiagonal form, and from
/// there to its eigenvalues and eigenvectors.
public final class SpectralDecomposition {
    /// What [#compute] returns, unless it is the index of an eigenvalue that did not converge.
    public static final int DONE = -1;
    public static final int NOT_FINITE = -2;

    private SpectralDecomposition() {}

    /// Writes the eigenvalues and eigenvectors of the symmetric matrix with the lower triangle of A; writes nothing if
    /// the outcome is not [#DONE].
    public static int compute(Matrix a, Vector values, Matrix vectors, Workspace ws) {
        int n = a.rows();
        if (n == 0) {
            return DONE;
        }
        try (var frame = ws.open()) {
            Matrix work = frame.matrix(Precision.FLOAT64, n, n).copyFrom(a);
            MatrixProduct.mirror(work, ws);
            double norm = work.norm();
            if (!Double.isFinite(norm)) {
                return NOT_FINITE;
            }
            // a power of two, so that nothing is rounded
            int exponent = norm == 0 ? 0 : Math.clamp(Math.getExponent(norm), -1000, 1000);
            work.scale(Math.scalb(1.0, -exponent));
            double[] diagonal = new double[n];
            double[] offDiagonal = new double[n];
            tridiagonalise(work, diagonal, offDiagonal, ws);
            RotationBuffer strips = new RotationBuffer(work, vectors.precision(), frame);
            int failed = new ImplicitQl(diagonal, offDiagonal, strips).failed();
            if (failed >= 0) {
                return failed;
            }
            int[] order = ascending(diagonal);
            for (int i = 0; i < n; i++) {
                offDiagonal[i] = Math.scalb(diagonal[order[i]], exponent);
            }
            return store(Vector.of(offDiagonal), strips, order, new Decomposition(values, vectors));
        }
    }

    private record Decomposition(Vector values, Matrix vectors) {}

    /// A becomes Qᵀ.
    private static void tridiagonalise(Matrix a, double[] diagonal, double[] offDiagonal, Workspace ws) {
        try (var frame = ws.open()) {
            new Tridiagonalisation(a, diagonal, offDiagonal, frame).transposedQ(a);
        }
    }

    private static int store(Vector sorted, RotationBuffer strips, int[] order, Decomposition out) {
        double largest = out.values.precision() == Precision.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
        if (Math.max(-sorted.get(0), sorted.get(order.length - 1)) > largest) {
            return NOT_FINITE;
        }
        out.values.copyFrom(sorted);
        strips.transposeInto(order, out.vectors);
        return DONE;
    }

    /// The indices of the values in ascending order; by insertion, since QL leaves them nearly sorted.
    private static int[] ascending(double[] values) {
        int[] order = new int[values.length];
        for (int i = 0; i < order.length; i++) {
            int to = i;
            for (; to > 0 && values[order[to - 1]] > values[i]; to--) {
                order[to] = order[to - 1];
            }
            order[to] = i;
        }
        return order;
    }

    /// out ← V f(Λ) Vᵀ, both triangles.
    public static void function(DoubleUnaryOperator f, Vector values, Matrix vectors, Matrix out, Workspace ws) {
        try (var frame = ws.open()) {
            Vector of = frame.vector(values.precision(), values.size());
            for (int i = 0; i < values.size(); i++) {
                of.set(i, f.applyAsDouble(values.get(i)));
            }
            Matrix scaled = frame.matrix(vectors.precision(), vectors.rows(), vectors.columns());
            Kernels kernels = KernelProvider.kernels(values.precision());
            for (int i = 0; i < vectors.rows(); i++) {
                kernels.multiply(1, vectors.row(i).asRow(), of.asRow(), 0, scaled.row(i).asRow());
            }
            MatrixProduct.multiplySymmetric(1, Operands.symmetric(scaled, vectors.t(), out), 0, ws);
        }
    }
}
