package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.product.MatrixProduct;

/// P A = L U in place, by halving the columns (Toledo 1997); panels of [#BLOCK] columns are left to loops over
/// elements.
public final class PivotedFactor {
    private static final int BLOCK = 16;

    private final Matrix factors;
    private final int[] pivots;
    private final LuPanel panels;
    private int failedPivot = -1;

    /// Factors A in its own memory; to be used only if [#failedPivot()] is negative afterwards.
    public PivotedFactor(Matrix a, Workspace ws) {
        factors = a;
        pivots = new int[a.rows()];
        panels = LuPanel.of(a.precision());
        factor(0, a.rows(), ws);
    }

    public Matrix factors() {
        return factors;
    }

    /// The index of a pivot that was zero or not finite, or −1.
    public int failedPivot() {
        return failedPivot;
    }

    public double failedValue() {
        return factors.get(pivots[failedPivot], failedPivot);
    }

    /// The determinant of P.
    public int sign() {
        int sign = 1;
        for (int i = 0; i < pivots.length; i++) {
            sign = pivots[i] == i ? sign : -sign;
        }
        return sign;
    }

    /// Factors columns `from` to `to`; returns whether all pivots were found.
    private boolean factor(int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            failedPivot = panels.eliminate(factors, from, to, pivots);
            return failedPivot < 0;
        }
        int mid = from + ((to - from) / BLOCK + 1) / 2 * BLOCK;
        if (!factor(from, mid, ws)) {
            return false;
        }
        int n = factors.rows();
        Matrix above = factors.rows(from, mid).columns(mid, to);
        new TriangularSolve(factors.rows(from, mid).columns(from, mid), false, true).solve(above, ws);
        Matrix left = factors.rows(mid, n).columns(from, mid);
        MatrixProduct.multiply(-1, new Operands(left, above, factors.rows(mid, n).columns(mid, to)), 1, ws);
        return factor(mid, to, ws);
    }

    /// B ← A⁻¹ B = U⁻¹ L⁻¹ P B
    public void solve(Matrix b, Workspace ws) {
        for (int i = 0; i < pivots.length; i++) {
            panels.swapRows(b, i, pivots[i]);
        }
        new TriangularSolve(factors, false, true).solve(b, ws);
        new TriangularSolve(factors, true, false).solve(b, ws);
    }

    /// B ← A⁻ᵀ B = Pᵀ L⁻ᵀ U⁻ᵀ B
    public void solveTransposed(Matrix b, Workspace ws) {
        new TriangularSolve(factors, true, false).solveTransposed(b, ws);
        new TriangularSolve(factors, false, true).solveTransposed(b, ws);
        for (int i = pivots.length - 1; i >= 0; i--) {
            panels.swapRows(b, i, pivots[i]);
        }
    }
}
