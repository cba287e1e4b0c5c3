package io.quadric.linalg.internal.eigen;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.factor.HouseholderFactor;
import io.quadric.linalg.internal.kernel.Kernels;

/// The steps of a singular value decomposition: A is scaled to norm about 1, reduced to a square R, from there to
/// bidiagonal form, and from there to its singular values and vectors. All in double, except that the rotations are
/// applied to the vectors in the precision of A.
public final class SingularDecomposition {
    /// What [#compute] returns, unless it is the index of a value that did not converge.
    public static final int DONE = -1;
    public static final int NOT_FINITE = -2;

    private SingularDecomposition() {}

    /// Writes singular values and vectors of A; writes nothing if the outcome is not [#DONE].
    ///
    /// @param a m × n with m ≥ n
    /// @param values n elements, overwritten in descending order
    /// @param left m × n, overwritten
    /// @param right n × n, overwritten
    public static int compute(Matrix a, Vector values, Matrix left, Matrix right, Workspace ws) {
        double norm = a.norm();
        if (!Double.isFinite(norm)) {
            return NOT_FINITE;
        }
        if (a.columns() == 0) {
            return DONE;
        }
        // a power of two, so that nothing is rounded
        int exponent = norm == 0 ? 0 : Math.clamp(Math.getExponent(norm), -1000, 1000);
        try (var frame = ws.open()) {
            Matrix work = frame.matrix(Precision.FLOAT64, a.rows(), a.columns()).copyFrom(a);
            work.scale(Math.scalb(1.0, -exponent));
            if (a.rows() == a.columns()) {
                return square(work, exponent, new Parts(values, left, right), ws);
            }
            HouseholderFactor factor = new HouseholderFactor(work, 0, ws);
            int n = a.columns();
            Matrix r = frame.matrix(Precision.FLOAT64, n, n);
            KernelProvider.kernels(Precision.FLOAT64).transpose(factor.transposedR(), r);
            Matrix u = frame.matrix(values.precision(), n, n);
            int code = square(r, exponent, new Parts(values, u, right), ws);
            if (code == DONE) {
                factor.multiply(r.copyFrom(u), work, ws);
                left.copyFrom(work);
            }
            return code;
        }
    }

    private record Parts(Vector values, Matrix left, Matrix right) {}

    /// The decomposition of 2^exponent times a square matrix, which is overwritten.
    private static int square(Matrix a, int exponent, Parts out, Workspace ws) {
        int n = a.rows();
        double[] diagonal = new double[n];
        double[] offDiagonal = new double[n];
        try (var frame = ws.open()) {
            Matrix p = frame.matrix(Precision.FLOAT64, n, n);
            Matrix q = frame.matrix(Precision.FLOAT64, n, n);
            try (var inner = ws.open()) {
                Bidiagonalisation bidiagonal = new Bidiagonalisation(a, diagonal, offDiagonal, inner);
                bidiagonal.transposedP(p);
                bidiagonal.transposedQ(q);
            }
            // the iteration wants small values at the top: JBᵀJ, with the order of rows reversed by J, is bidiagonal
            // too
            boolean flipped = Math.abs(diagonal[0]) > Math.abs(diagonal[n - 1]);
            if (flipped) {
                flip(diagonal, offDiagonal);
                flip(p);
                flip(q);
            }
            Precision precision = out.values.precision();
            RotationBuffer left = new RotationBuffer(flipped ? q : p, precision, frame);
            RotationBuffer right = new RotationBuffer(flipped ? p : q, precision, frame);
            int failed = new GolubKahan(diagonal, offDiagonal, left, right).failed();
            if (failed >= 0) {
                return failed;
            }
            int[] order = descending(diagonal);
            if (!store(diagonal, order, exponent, out.values)) {
                return NOT_FINITE;
            }
            (flipped ? right : left).transposeInto(order, out.left);
            (flipped ? left : right).transposeInto(order, out.right);
            turnSigns(diagonal, order, out.right, ws);
            return DONE;
        }
    }

    private static void flip(double[] diagonal, double[] offDiagonal) {
        reverse(diagonal, diagonal.length);
        reverse(offDiagonal, diagonal.length - 1);
    }

    private static void reverse(double[] x, int length) {
        for (int i = 0, j = length - 1; i < j; i++, j--) {
            double swapped = x[i];
            x[i] = x[j];
            x[j] = swapped;
        }
    }

    /// Reverses the order of rows.
    private static void flip(Matrix m) {
        double[] a = m.doubles();
        for (int i = 0, j = m.rows() - 1; i < j; i++, j--) {
            int x = m.rowOffset(i);
            int y = m.rowOffset(j);
            for (int k = 0; k < m.columns(); k++) {
                double swapped = a[x + k];
                a[x + k] = a[y + k];
                a[y + k] = swapped;
            }
        }
    }

    /// The indices of the values by descending magnitude; by insertion, since the iteration leaves them nearly sorted.
    private static int[] descending(double[] values) {
        int[] order = new int[values.length];
        for (int i = 0; i < order.length; i++) {
            int to = i;
            for (; to > 0 && Math.abs(values[order[to - 1]]) < Math.abs(values[i]); to--) {
                order[to] = order[to - 1];
            }
            order[to] = i;
        }
        return order;
    }

    /// Returns whether all values are finite in the precision of `out`; writes nothing otherwise.
    private static boolean store(double[] values, int[] order, int exponent, Vector out) {
        double largest = out.precision() == Precision.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
        if (Math.scalb(Math.abs(values[order[0]]), exponent) > largest) {
            return false;
        }
        for (int i = 0; i < order.length; i++) {
            out.set(i, Math.scalb(Math.abs(values[order[i]]), exponent));
        }
        return true;
    }

    /// Changes the sign of the columns whose value is negative.
    private static void turnSigns(double[] values, int[] order, Matrix right, Workspace ws) {
        Kernels kernels = KernelProvider.kernels(right.precision());
        try (var frame = ws.open()) {
            Vector signs = frame.vector(right.precision(), order.length);
            for (int i = 0; i < order.length; i++) {
                signs.set(i, values[order[i]] < 0 ? -1 : 1);
            }
            kernels.multiply(1, right, signs.repeated(right.rows()), 0, right);
        }
    }
}
