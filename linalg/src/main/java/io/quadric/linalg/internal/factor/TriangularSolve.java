package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.kernel.Kernels;
import io.quadric.linalg.internal.product.MatrixProduct;

/// Solves with a triangle of a stored matrix by halving it: between the halves comes a matrix product, and triangles of
/// order [#BLOCK] are solved row by row. The other triangle is not read.
public final class TriangularSolve {
    private static final int BLOCK = 32;

    /// Columns of a task where threads share the solve with a block.
    private static final int COLUMNS = 128;

    private final Matrix triangle;
    private final boolean upper;
    private final boolean unit;

    /// @param triangle square
    /// @param upper whether it is the upper triangle
    /// @param unit whether its diagonal is all ones and not read
    public TriangularSolve(Matrix triangle, boolean upper, boolean unit) {
        this.triangle = triangle;
        this.upper = upper;
        this.unit = unit;
    }

    /// B ← T⁻¹ B
    public void solve(Matrix b, Workspace ws) {
        int n = triangle.rows();
        if (n <= BLOCK) {
            strips(b, ws, this::solveBlock);
            return;
        }
        int mid = middle(n);
        Matrix above = b.rows(0, mid);
        Matrix below = b.rows(mid, n);
        if (upper) {
            part(mid, n).solve(below, ws);
            subtract(new Operands(triangle.rows(0, mid).columns(mid, n), below, above), ws);
            part(0, mid).solve(above, ws);
        } else {
            part(0, mid).solve(above, ws);
            subtract(new Operands(triangle.rows(mid, n).columns(0, mid), above, below), ws);
            part(mid, n).solve(below, ws);
        }
    }

    /// B ← T⁻ᵀ B
    public void solveTransposed(Matrix b, Workspace ws) {
        int n = triangle.rows();
        if (n <= BLOCK) {
            strips(b, ws, this::solveBlockTransposed);
            return;
        }
        int mid = middle(n);
        Matrix above = b.rows(0, mid);
        Matrix below = b.rows(mid, n);
        if (upper) {
            part(0, mid).solveTransposed(above, ws);
            subtract(new Operands(triangle.rows(0, mid).columns(mid, n).t(), above, below), ws);
            part(mid, n).solveTransposed(below, ws);
        } else {
            part(mid, n).solveTransposed(below, ws);
            subtract(new Operands(triangle.rows(mid, n).columns(0, mid).t(), below, above), ws);
            part(0, mid).solveTransposed(above, ws);
        }
    }

    private static int middle(int n) {
        return (n / BLOCK + 1) / 2 * BLOCK;
    }

    private TriangularSolve part(int from, int to) {
        return new TriangularSolve(triangle.rows(from, to).columns(from, to), upper, unit);
    }

    private static void subtract(Operands operands, Workspace ws) {
        MatrixProduct.multiply(-1, operands, 1, ws);
    }

    private interface Strip {
        void solve(Matrix b);
    }

    private static void strips(Matrix b, Workspace ws, Strip strip) {
        int columns = b.columns();
        ws.parallel((columns + COLUMNS - 1) / COLUMNS,
                t -> strip.solve(b.columns(t * COLUMNS, Math.min(columns, (t + 1) * COLUMNS))));
    }

    /// Row i ← (row i − Σₖ tᵢₖ row k) / tᵢᵢ
    private void solveBlock(Matrix b) {
        Kernels kernels = KernelProvider.kernels(b.precision());
        int n = triangle.rows();
        for (int step = 0; step < n; step++) {
            int i = upper ? n - 1 - step : step;
            int from = upper ? i + 1 : 0;
            int to = upper ? n : i;
            Vector factors = triangle.row(i).slice(from, to);
            kernels.gemvTransposed(-1, b.rows(from, to), factors, 1, b.row(i));
            divide(b, i);
        }
    }

    /// Row i ← row i / tᵢᵢ, then row k ← row k − tᵢₖ row i for those that depend on it.
    private void solveBlockTransposed(Matrix b) {
        Kernels kernels = KernelProvider.kernels(b.precision());
        int n = triangle.rows();
        for (int step = 0; step < n; step++) {
            int i = upper ? step : n - 1 - step;
            int from = upper ? i + 1 : 0;
            int to = upper ? n : i;
            divide(b, i);
            kernels.ger(-1, triangle.row(i).slice(from, to), b.row(i), b.rows(from, to));
        }
    }

    private void divide(Matrix b, int i) {
        if (!unit) {
            Division.divide(b.row(i), triangle.get(i, i));
        }
    }
}
