package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;

/// The part of an LU factorisation that works element by element, for one precision.
interface LuPanel {
    static LuPanel of(Precision precision) {
        return precision == Precision.FLOAT64 ? new DoubleLuPanel() : new FloatLuPanel();
    }

    /// Factors columns `from` to `to`, in the rows from `from` on. Whole rows are swapped; pivots[j] is the row that
    /// was swapped with row j. Returns −1, or the column whose largest element is zero or not finite.
    int eliminate(Matrix a, int from, int to, int[] pivots);

    void swapRows(Matrix a, int i, int p);
}
