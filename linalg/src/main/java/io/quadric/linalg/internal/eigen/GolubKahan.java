package io.quadric.linalg.internal.eigen;

/// Singular values of an upper bidiagonal matrix by the implicit QR iteration (Golub & Kahan 1965; Demmel & Kahan
/// 1990), from the bottom to the top, so that small values are found first; the rotations are applied to the rows of Pᵀ
/// and Qᵀ, which become the singular vectors.
///
/// A sweep rotates two rows, which fills in an element below the diagonal, and then two columns, which removes it and
/// fills in one above; and so on upwards.
final class GolubKahan {
    /// The most sweeps per value, on average.
    private static final int SWEEPS_EACH = 30;

    /// An element above the diagonal is negligible below this fraction of the norm of the matrix, which is less than
    /// the error of the element.
    private static final double FLOOR = 0x1p-56;

    private static final double ULP = 0x1p-53;

    private final double[] d;
    private final double[] e;
    private final RotationBuffer left;
    private final RotationBuffer right;
    private final double floor;
    private int failed = -1;

    /// @param d the diagonal, overwritten by the singular values with any sign
    /// @param e the elements above the diagonal, followed by a zero; overwritten
    /// @param left collects the rotations of rows
    /// @param right collects the rotations of columns
    GolubKahan(double[] d, double[] e, RotationBuffer left, RotationBuffer right) {
        this.d = d;
        this.e = e;
        this.left = left;
        this.right = right;
        double norm = 0;
        for (int i = 0; i < d.length; i++) {
            norm = Math.max(norm, Math.max(Math.abs(d[i]), Math.abs(e[i])));
        }
        floor = norm * FLOOR;
        run();
    }

    /// The index of a value that did not converge, or −1.
    int failed() {
        return failed;
    }

    private void run() {
        long sweeps = (long) SWEEPS_EACH * d.length;
        for (int l = 0; l < d.length; l++) {
            for (int m = blockEnd(l); m > l; m = blockEnd(l)) {
                if (sweeps-- == 0) {
                    failed = l;
                    return;
                }
                sweep(l, m, shift(l, m));
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

    /// The smaller singular value of the first two rows of a block; 0 if it would not change the last row, or an
    /// element of the diagonal is zero.
    private double shift(int l, int m) {
        for (int i = l; i <= m; i++) {
            if (Math.abs(d[i]) <= floor) {
                d[i] = 0;
                return 0;
            }
        }
        double shift = smaller(Math.abs(d[l]), Math.abs(e[l]), Math.abs(d[l + 1]));
        double ratio = shift / d[m];
        return ratio * ratio < ULP ? 0 : shift;
    }

    /// The smaller singular value of (f g; 0 h), from the determinant and the larger one.
    private static double smaller(double f, double g, double h) {
        double sum = Math.hypot(f + h, g);
        double difference = Math.hypot(f - h, g);
        return 2 * f * h / (sum + difference);
    }

    private void sweep(int l, int m, double shift) {
        int leftAt = left.begin(l, m - l);
        int rightAt = right.begin(l, m - l);
        double f = shift == 0 ? d[m] : (Math.abs(d[m]) - shift) * (Math.copySign(1, d[m]) + shift / d[m]);
        double g = e[m - 1];
        for (int i = m; i > l; i--) {
            double r = length(f, g);
            double c = r == 0 ? 1 : f / r;
            double s = r == 0 ? 0 : g / r;
            put(left.rotations(), leftAt + 2 * (i - 1 - l), c, s);
            if (i < m) {
                e[i] = r;
            }
            f = c * d[i] + s * e[i - 1];
            e[i - 1] = c * e[i - 1] - s * d[i];
            g = s * d[i - 1];
            d[i - 1] *= c;
            r = length(f, g);
            c = r == 0 ? 1 : f / r;
            s = r == 0 ? 0 : g / r;
            put(right.rotations(), rightAt + 2 * (i - 1 - l), c, s);
            d[i] = r;
            f = c * e[i - 1] + s * d[i - 1];
            d[i - 1] = c * d[i - 1] - s * e[i - 1];
            if (i - 1 > l) {
                g = s * e[i - 2];
                e[i - 2] *= c;
            }
        }
        e[l] = f;
    }

    private static void put(double[] rotations, int at, double cosine, double sine) {
        rotations[at] = cosine;
        rotations[at + 1] = sine;
    }

    /// √(f² + g²). The matrix has norm 1, so only underflow needs care.
    private static double length(double f, double g) {
        double square = f * f + g * g;
        return square > 0x1p-900 ? Math.sqrt(square) : Math.hypot(f, g);
    }
}
