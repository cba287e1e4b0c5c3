package io.quadric.linalg.internal.eigen;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;

/// The steps to the eigenvalues of a general matrix: A is scaled to norm about 1, balanced, and reduced to Hessenberg
/// form, to which the QR iteration is applied. All in double.
public final class GeneralEigenvalues {
    /// What [#compute] returns, unless it is the index of an eigenvalue that did not converge.
    public static final int DONE = -1;
    public static final int NOT_FINITE = -2;

    private GeneralEigenvalues() {}

    /// Writes the eigenvalues of A by descending magnitude, the positive imaginary part of a pair first. Writes nothing
    /// if the outcome is not [#DONE].
    ///
    /// @param real n elements, overwritten by the real parts
    /// @param imaginary n elements, overwritten by the imaginary parts
    public static int compute(Matrix a, double[] real, double[] imaginary, Workspace ws) {
        double norm = a.norm();
        if (!Double.isFinite(norm)) {
            return NOT_FINITE;
        }
        // a power of two, so that nothing is rounded
        int exponent = norm == 0 ? 0 : Math.clamp(Math.getExponent(norm), -1000, 1000);
        int n = a.rows();
        double[] re = new double[n];
        double[] im = new double[n];
        try (var frame = ws.open()) {
            Matrix work = frame.matrix(Precision.FLOAT64, n, n).copyFrom(a).scale(Math.scalb(1.0, -exponent));
            Balancing.balance(work);
            Hessenberg.reduce(work, ws);
            int failed = new FrancisQr(work, re, im).failed();
            if (failed >= 0) {
                return failed;
            }
        }
        int[] order = descending(re, im);
        for (int i = 0; i < n; i++) {
            real[i] = Math.scalb(re[order[i]], exponent);
            imaginary[i] = Math.scalb(im[order[i]], exponent);
        }
        return DONE;
    }

    /// The indices of the eigenvalues by descending magnitude; pairs stay together, since insertion keeps the order of
    /// equal ones.
    private static int[] descending(double[] re, double[] im) {
        int[] order = new int[re.length];
        for (int i = 0; i < order.length; i++) {
            double size = Math.hypot(re[i], im[i]);
            int to = i;
            for (; to > 0 && Math.hypot(re[order[to - 1]], im[order[to - 1]]) < size; to--) {
                order[to] = order[to - 1];
            }
            order[to] = i;
        }
        return order;
    }
}
