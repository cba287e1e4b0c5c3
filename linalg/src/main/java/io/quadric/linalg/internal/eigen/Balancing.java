package io.quadric.linalg.internal.eigen;

import io.quadric.linalg.Matrix;

/// A ← D⁻¹ A D with a diagonal D of powers of two, so that nothing is rounded. Afterwards row i and column i have about
/// the same norm, for each i (Parlett & Reinsch 1969; in the Euclidean norm, James, Langou & Lowery 2014). The
/// eigenvalues are unchanged, and are computed with a smaller error.
final class Balancing {
    /// A factor is applied if it reduces the sum of both norms to less than this fraction.
    private static final double GAIN = 0.95;

    private static final int SWEEPS = 50;

    /// No exponent in D is larger than this, so that elements neither overflow nor vanish.
    private static final int LARGEST_EXPONENT = 500;

    private Balancing() {}

    /// @param a FLOAT64, n × n, overwritten
    static void balance(Matrix a) {
        int[] exponents = new int[a.rows()];
        boolean changed = true;
        for (int sweep = 0; sweep < SWEEPS && changed; sweep++) {
            changed = false;
            for (int i = 0; i < a.rows(); i++) {
                changed |= balance(a, i, exponents);
            }
        }
    }

    /// Balances row and column i; returns whether they changed.
    private static boolean balance(Matrix a, int i, int[] exponents) {
        double row = a.row(i).norm();
        double column = columnNorm(a, i);
        if (row == 0 || column == 0) {
            return false;
        }
        // log₂ √(row / column), rounded; by exponents, since the bits of a logarithm depend on how it is compiled
        int exponent = Math.floorDiv(Math.getExponent(row / column) + 1, 2);
        double scaled = Math.scalb(column, exponent) + Math.scalb(row, -exponent);
        if (exponent == 0 || scaled >= GAIN * (row + column) || Math.abs(exponents[i] + exponent) > LARGEST_EXPONENT) {
            return false;
        }
        exponents[i] += exponent;
        a.row(i).scale(Math.scalb(1.0, -exponent));
        a.columns(i, i + 1).scale(Math.scalb(1.0, exponent));
        return true;
    }

    private static double columnNorm(Matrix a, int j) {
        double[] elements = a.doubles();
        double largest = 0;
        for (int i = 0; i < a.rows(); i++) {
            largest = Math.max(largest, Math.abs(elements[a.rowOffset(i) + j]));
        }
        double sum = 0;
        for (int i = 0; i < a.rows() && largest > 0; i++) {
            double x = elements[a.rowOffset(i) + j] / largest;
            sum += x * x;
        }
        return largest * Math.sqrt(sum);
    }
}
