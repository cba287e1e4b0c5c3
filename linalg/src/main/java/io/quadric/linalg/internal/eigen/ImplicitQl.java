package io.quadric.linalg.internal.eigen;

/// Eigenvalues of a symmetric tridiagonal matrix by the implicit QL iteration with Wilkinson's shift (Dubrulle, Martin
/// & Wilkinson 1968); the rotations are applied to the rows of Zᵀ, which become the eigenvectors.
final class ImplicitQl {
    /// The most sweeps per eigenvalue, on average, as in LAPACK's `dsteqr`; about 1.7 is usual.
    private static final int SWEEPS_EACH = 30;

    /// An off-diagonal element is negligible below this fraction of the norm of the matrix, which is less than the
    /// error of the element.
    private static final double FLOOR = 0x1p-56;

    private static final double ULP = 0x1p-53;

    private final double[] d;
    private final double[] e;
    private final RotationBuffer z;
    private final double floor;
    private int failed = -1;

    /// @param d the diagonal, overwritten by the eigenvalues
    /// @param e the elements beside the diagonal, followed by a zero; overwritten
    /// @param z collects the rotations
    ImplicitQl(double[] d, double[] e, RotationBuffer z) {
        this.d = d;
        this.e = e;
        this.z = z;
        double norm = 0;
        for (int i = 0; i < d.length; i++) {
            norm = Math.max(norm, Math.max(Math.abs(d[i]), Math.abs(e[i])));
        }
        floor = norm * FLOOR;
        run();
    }

    /// The index of an eigenvalue that did not converge, or −1.
    int failed() {
        return failed;
    }

    private void run() {
        long left = (long) SWEEPS_EACH * d.length;
        for (int l = 0; l < d.length; l++) {
            for (int m = blockEnd(l); m > l; m = blockEnd(l)) {
                if (left-- == 0) {
                    failed = l;
                    return;
                }
                sweep(l, m);
            }
        }
    }

    /// The last row of the irreducible block that begins with row l.
    private int blockEnd(int l) {
        int m = l;
        while (m < d.length - 1 && Math.abs(e[m]) > Math.max(floor, ULP * (Math.abs(d[m]) + Math.abs(d[m + 1])))) {
            m++;
        }
        return m;
    }

    private void sweep(int l, int m) {
        int at = z.begin(l, m - l);
        double[] rotations = z.rotations();
        double shift = (d[l + 1] - d[l]) / (2 * e[l]);
        double g = d[m] - d[l] + e[l] / (shift + Math.copySign(Math.sqrt(shift * shift + 1), shift));
        double s = 1;
        double c = 1;
        double p = 0;
        for (int i = m - 1; i >= l; i--) {
            double f = s * e[i];
            double b = c * e[i];
            double r = length(f, g);
            e[i + 1] = r;
            s = r == 0 ? 0 : f / r;
            c = r == 0 ? 1 : g / r;
            g = d[i + 1] - p;
            r = (d[i] - g) * s + 2 * c * b;
            p = s * r;
            d[i + 1] = g + p;
            g = c * r - b;
            rotations[at + 2 * (i - l)] = c;
            rotations[at + 2 * (i - l) + 1] = s;
        }
        d[l] -= p;
        e[l] = g;
        e[m] = 0;
    }

    /// √(f² + g²). The matrix has norm 1, so only underflow needs care.
    private static double length(double f, double g) {
        double square = f * f + g * g;
        return square > 0x1p-900 ? Math.sqrt(square) : Math.hypot(f, g);
    }
}
