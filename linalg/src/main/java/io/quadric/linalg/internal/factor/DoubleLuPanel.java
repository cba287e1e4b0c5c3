package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Matrix;

/// Elimination with partial pivoting in a narrow panel of columns, by plain loops.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class DoubleLuPanel implements LuPanel {
    @Override
    public int eliminate(Matrix a, int from, int to, int[] pivots) {
        for (int j = from; j < to; j++) {
            int p = largest(a, j);
            pivots[j] = p;
            double pivot = a.get(p, j);
            if (!(Math.abs(pivot) > 0) || Double.isInfinite(pivot)) {
                return j;
            }
            swap(a, j, p);
            for (int i = j + 1; i < a.rows(); i++) {
                subtract(a, i, j, to);
            }
        }
        return -1;
    }

    /// The row from j on with the largest element in column j; a NaN counts as the largest.
    private static int largest(Matrix a, int j) {
        /*E*/double[] e = a.doubles();
        int p = j;
        double largest = Math.abs(e[a.rowOffset(j) + j]);
        for (int i = j + 1; i < a.rows() && !Double.isNaN(largest); i++) {
            double size = Math.abs(e[a.rowOffset(i) + j]);
            if (!(size <= largest)) {
                largest = size;
                p = i;
            }
        }
        return p;
    }

    private static void swap(Matrix a, int i, int p) {
        if (i != p) {
            /*E*/double[] e = a.doubles();
            int from = a.rowOffset(i);
            int to = a.rowOffset(p);
            for (int j = 0; j < a.columns(); j++) {
                /*E*/double x = e[from + j];
                e[from + j] = e[to + j];
                e[to + j] = x;
            }
        }
    }

    /// Replaces the element of row i in column j by its multiplier, and subtracts the multiple of row j from columns j
    /// + 1 to `to`.
    private static void subtract(Matrix a, int i, int j, int to) {
        /*E*/double[] e = a.doubles();
        int row = a.rowOffset(i);
        int pivotRow = a.rowOffset(j);
        /*E*/double factor = e[row + j] / e[pivotRow + j];
        e[row + j] = factor;
        for (int k = j + 1; k < to; k++) {
            e[row + k] -= factor * e[pivotRow + k];
        }
    }

    @Override
    public void swapRows(Matrix a, int i, int p) {
        swap(a, i, p);
    }
}
