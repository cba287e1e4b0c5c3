package io.quadric.linalg.internal.eigen;

import io.quadric.linalg.Matrix;

/// Eigenvalues of an upper Hessenberg matrix by the QR iteration with implicit double shifts (Francis 1961; Golub & Van
/// Loan, *Matrix Computations*, §7.5). Only the block at hand is transformed.
final class FrancisQr {
    /// The most steps per eigenvalue, on average; about two are usual.
    private static final int STEPS_EACH = 30;

    /// After this many steps for one eigenvalue, a step takes other shifts, in case the iteration goes in circles.
    private static final int EXCEPTIONAL = 10;

    private static final double ULP = 0x1p-53;

    private final double[] h;
    private final int origin;
    private final int stride;
    private final double[] real;
    private final double[] imaginary;
    private final double norm;
    private int failed = -1;
    /// The vector that the next reflection takes to a multiple of the first unit vector.
    private double x;
    private double y;
    private double z;
    /// The reflection I − τ v vᵀ with v = (1, v₁, v₂)ᵀ.
    private double tau;
    private double v1;
    private double v2;

    /// @param a FLOAT64, n × n, upper Hessenberg; overwritten
    /// @param real n elements, overwritten by the real parts
    /// @param imaginary n elements, overwritten by the imaginary parts; the positive one of a pair comes first
    FrancisQr(Matrix a, double[] real, double[] imaginary) {
        this.h = a.doubles();
        this.origin = a.rowOffset(0);
        this.stride = a.rowStride();
        this.real = real;
        this.imaginary = imaginary;
        this.norm = a.norm();
        run();
    }

    /// The index of an eigenvalue that did not converge, or −1.
    int failed() {
        return failed;
    }

    private int at(int i, int j) {
        return origin + i * stride + j;
    }

    private double get(int i, int j) {
        return h[at(i, j)];
    }

    private void run() {
        long steps = (long) STEPS_EACH * Math.max(1, real.length);
        int last = real.length - 1;
        int tries = 0;
        while (last >= 0) {
            int first = blockBegin(last);
            if (first >= last - 1) {
                if (first == last) {
                    real[last] = get(last, last);
                    imaginary[last] = 0;
                } else {
                    solvePair(first);
                }
                last = first - 1;
                tries = 0;
            } else if (steps-- == 0) {
                failed = last;
                return;
            } else {
                tries++;
                step(first, last, tries % EXCEPTIONAL == 0);
            }
        }
    }

    /// The first row of the irreducible block that ends with a row.
    private int blockBegin(int last) {
        int first = last;
        while (first > 0) {
            double size = Math.abs(get(first, first)) + Math.abs(get(first - 1, first - 1));
            if (Math.abs(get(first, first - 1)) <= ULP * (size == 0 ? norm : size)) {
                break;
            }
            first--;
        }
        return first;
    }

    /// The eigenvalues of the block of rows i and i + 1.
    private void solvePair(int i) {
        double d = get(i + 1, i + 1);
        double half = 0.5 * (get(i, i) - d);
        double product = get(i, i + 1) * get(i + 1, i);
        double square = half * half + product;
        if (square >= 0) {
            double root = half + Math.copySign(Math.sqrt(square), half);
            real[i] = d + root;
            real[i + 1] = root == 0 ? d : d - product / root;
            imaginary[i] = 0;
            imaginary[i + 1] = 0;
        } else {
            real[i] = d + half;
            real[i + 1] = d + half;
            imaginary[i] = Math.sqrt(-square);
            imaginary[i + 1] = -imaginary[i];
        }
    }

    /// One step with the two eigenvalues of the last two rows as shifts, real or a pair.
    private void step(int first, int last, boolean exceptional) {
        double a = get(last - 1, last - 1);
        double d = get(last, last);
        double trace = a + d;
        double determinant = a * d - get(last - 1, last) * get(last, last - 1);
        if (exceptional) {
            double size = Math.abs(get(last, last - 1)) + Math.abs(get(last - 1, last - 2));
            trace = 1.5 * size;
            determinant = size * size;
        }
        double h00 = get(first, first);
        double h10 = get(first + 1, first);
        double h11 = get(first + 1, first + 1);
        x = h00 * (h00 - trace) + determinant + get(first, first + 1) * h10;
        y = h10 * (h00 + h11 - trace);
        z = h10 * get(first + 2, first + 1);
        for (int k = first; k < last; k++) {
            reflect(k, first, last);
        }
    }

    /// Reflects rows and columns k, k + 1 and, unless that is beyond the last, k + 2, and moves the bulge on by one.
    private void reflect(int k, int first, int last) {
        boolean three = k + 2 <= last;
        double size = Math.max(Math.abs(x), Math.max(Math.abs(y), three ? Math.abs(z) : 0));
        if (size > 0) {
            double alpha = x / size;
            v1 = y / size;
            v2 = three ? z / size : 0;
            double beta = -Math.copySign(Math.sqrt(alpha * alpha + v1 * v1 + v2 * v2), alpha);
            tau = (beta - alpha) / beta;
            v1 /= alpha - beta;
            v2 /= alpha - beta;
            if (k > first) {
                h[at(k, k - 1)] = beta * size;
                h[at(k + 1, k - 1)] = 0;
                if (three) {
                    h[at(k + 2, k - 1)] = 0;
                }
            }
            reflectRows(k, three, last);
            reflectColumns(k, three, first, Math.min(last, k + 3));
        }
        if (k + 1 < last) {
            x = get(k + 1, k);
            y = get(k + 2, k);
            z = k + 3 <= last ? get(k + 3, k) : 0;
        }
    }

    /// Columns k to `last` of rows k, k + 1 and, of three, k + 2.
    private void reflectRows(int k, boolean three, int last) {
        int row0 = at(k, 0);
        int row1 = row0 + stride;
        int row2 = three ? row1 + stride : row1;
        for (int j = k; j <= last; j++) {
            double sum = tau * (h[row0 + j] + v1 * h[row1 + j] + v2 * h[row2 + j]);
            h[row0 + j] -= sum;
            h[row1 + j] -= v1 * sum;
            h[row2 + j] -= v2 * sum;
        }
    }

    /// Rows `first` to `end` of columns k, k + 1 and, of three, k + 2.
    private void reflectColumns(int k, boolean three, int first, int end) {
        int third = three ? 2 : 1;
        for (int i = first; i <= end; i++) {
            int p = at(i, k);
            double sum = tau * (h[p] + v1 * h[p + 1] + v2 * h[p + third]);
            h[p] -= sum;
            h[p + 1] -= v1 * sum;
            h[p + third] -= v2 * sum;
        }
    }
}
