package io.quadric.linalg.internal;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.BlockedGemm.Operands;

/// The factor L of A = L Lᵀ with what is computed from it, all by halving: each step is a matrix product of half the
/// size, and only diagonal blocks of order [#BLOCK] are left to loops over elements.
///
/// The inverses of the diagonal blocks are kept, so a triangular solve with such a block is a product too.
public final class TriangularFactor {
    /// Order of the diagonal blocks, and the grid on which the halving cuts.
    private static final int BLOCK = 3 * TriangularBlocks.COLUMNS;

    private static final Gemm SUBTRACT = new Gemm(-1, 1);

    private final Matrix lower;
    private final Matrix inverses;
    private int failedPivot = -1;
    private double failedValue;

    /// Factors in place: of A the lower triangle is read, and the strict upper one becomes zero. To be used only if
    /// [#failedPivot()] is negative afterwards.
    public TriangularFactor(Matrix a, Workspace ws) {
        this(a, Matrix.zeros(a.precision(), a.rows(), BLOCK), ws);
    }

    /// The same in scratch that lives as long as the factor.
    public TriangularFactor(Matrix a, Workspace.Frame frame) {
        this(a, frame.matrix(a.precision(), a.rows(), BLOCK).fill(0), frame.workspace());
    }

    private TriangularFactor(Matrix a, Matrix inverses, Workspace ws) {
        lower = a;
        this.inverses = inverses;
        if (factor(0, order(), ws)) {
            for (int i = 0; i < order(); i++) {
                lower.rows(i, i + 1).columns(i + 1, order()).fill(0);
            }
        }
    }

    public Matrix lower() {
        return lower;
    }

    /// The pivot that was not positive or not finite, or −1.
    public int failedPivot() {
        return failedPivot;
    }

    public double failedValue() {
        return failedValue;
    }

    private int order() {
        return lower.rows();
    }

    /// Returns whether all pivots were positive.
    private boolean factor(int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            return factorBlock(from, to);
        }
        int mid = middle(from, to);
        if (!factor(from, mid, ws)) {
            return false;
        }
        Matrix below = part(mid, to, from, mid);
        solveFromRightTransposed(below, from, mid, ws);
        multiply(SUBTRACT, new Operands(below, below.t(), part(mid, to, mid, to), true), ws);
        return factor(mid, to, ws);
    }

    private boolean factorBlock(int from, int to) {
        Matrix block = part(from, to, from, to);
        int pivot = KernelProvider.triangles(lower.precision()).factor(block, inverses.rows(from, to));
        if (pivot >= 0) {
            failedPivot = from + pivot;
            failedValue = block.get(pivot, pivot);
            return false;
        }
        return true;
    }

    /// B ← L⁻¹ B
    public void solve(Matrix b, Workspace ws) {
        solve(b, 0, order(), ws);
    }

    private void solve(Matrix b, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            inPlace(b, old -> multiply(Gemm.SET, new Operands(inverse(from, to), old, b, false), ws), ws);
            return;
        }
        int mid = middle(from, to);
        Matrix above = b.rows(0, mid - from);
        Matrix below = b.rows(mid - from, to - from);
        solve(above, from, mid, ws);
        multiply(SUBTRACT, new Operands(part(mid, to, from, mid), above, below, false), ws);
        solve(below, mid, to, ws);
    }

    /// B ← L⁻ᵀ B
    public void solveTransposed(Matrix b, Workspace ws) {
        solveTransposed(b, 0, order(), ws);
    }

    private void solveTransposed(Matrix b, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            inPlace(b, old -> multiply(Gemm.SET, new Operands(inverse(from, to).t(), old, b, false), ws), ws);
            return;
        }
        int mid = middle(from, to);
        Matrix above = b.rows(0, mid - from);
        Matrix below = b.rows(mid - from, to - from);
        solveTransposed(below, mid, to, ws);
        multiply(SUBTRACT, new Operands(part(mid, to, from, mid).t(), below, above, false), ws);
        solveTransposed(above, from, mid, ws);
    }

    /// B ← B L⁻ᵀ with rows and columns `from` to `to` of L.
    private void solveFromRightTransposed(Matrix b, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            inPlace(b, old -> multiply(Gemm.SET, new Operands(old, inverse(from, to).t(), b, false), ws), ws);
            return;
        }
        int mid = middle(from, to);
        Matrix left = b.columns(0, mid - from);
        Matrix right = b.columns(mid - from, to - from);
        solveFromRightTransposed(left, from, mid, ws);
        multiply(SUBTRACT, new Operands(left, part(mid, to, from, mid).t(), right, false), ws);
        solveFromRightTransposed(right, mid, to, ws);
    }

    /// B ← B L⁻¹ with rows and columns `from` to `to` of L.
    private void solveFromRight(Matrix b, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            inPlace(b, old -> multiply(Gemm.SET, new Operands(old, inverse(from, to), b, false), ws), ws);
            return;
        }
        int mid = middle(from, to);
        Matrix left = b.columns(0, mid - from);
        Matrix right = b.columns(mid - from, to - from);
        solveFromRight(right, mid, to, ws);
        multiply(SUBTRACT, new Operands(right, part(mid, to, from, mid), left, false), ws);
        solveFromRight(left, from, mid, ws);
    }

    /// out ← A⁻¹ = L⁻ᵀ L⁻¹, both triangles.
    public void inverse(Matrix out, Workspace ws) {
        invert(out, 0, order(), ws);
        square(out, 0, order(), ws);
        KernelProvider.mirror(out, ws);
    }

    /// The lower triangle of out ← L⁻¹; its block below the diagonal is −L₂₂⁻¹ L₂₁ L₁₁⁻¹.
    private void invert(Matrix out, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            out.rows(from, to).columns(from, to).copyFrom(inverse(from, to));
            return;
        }
        int mid = middle(from, to);
        Matrix below = out.rows(mid, to).columns(from, mid);
        below.axpby(-1, part(mid, to, from, mid), 0);
        solveFromRight(below, from, mid, ws);
        solve(below, mid, to, ws);
        invert(out, from, mid, ws);
        invert(out, mid, to, ws);
    }

    /// The lower triangle of M ← Mᵀ M, where M is lower triangular.
    private static void square(Matrix m, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            Matrix block = m.rows(from, to).columns(from, to);
            inPlace(block, old -> multiply(Gemm.SET, new Operands(old.t(), old, block, false), ws), ws);
            return;
        }
        int mid = middle(from, to);
        Matrix below = m.rows(mid, to).columns(from, mid);
        square(m, from, mid, ws);
        Matrix above = m.rows(from, mid).columns(from, mid);
        multiply(Gemm.ADD, new Operands(below.t(), below, above, true), ws);
        multiplyByTransposed(m.rows(mid, to).columns(mid, to), below, ws);
        square(m, mid, to, ws);
    }

    /// X ← Tᵀ X, where T is lower triangular.
    private static void multiplyByTransposed(Matrix t, Matrix x, Workspace ws) {
        int n = t.rows();
        if (n <= BLOCK) {
            inPlace(x, old -> multiply(Gemm.SET, new Operands(t.t(), old, x, false), ws), ws);
            return;
        }
        int mid = middle(0, n);
        Matrix above = x.rows(0, mid);
        Matrix below = x.rows(mid, n);
        multiplyByTransposed(t.rows(0, mid).columns(0, mid), above, ws);
        multiply(Gemm.ADD, new Operands(t.rows(mid, n).columns(0, mid).t(), below, above, false), ws);
        multiplyByTransposed(t.rows(mid, n).columns(mid, n), below, ws);
    }

    /// What overwrites a matrix with something computed from it.
    private interface Update {
        void from(Matrix old);
    }

    private static void inPlace(Matrix b, Update update, Workspace ws) {
        try (var frame = ws.open()) {
            update.from(frame.matrix(b.precision(), b.rows(), b.columns()).copyFrom(b));
        }
    }

    private static void multiply(Gemm gemm, Operands operands, Workspace ws) {
        KernelProvider.multiply(gemm, operands, ws);
    }

    /// Half way on the grid of blocks.
    private static int middle(int from, int to) {
        int blocks = (to - from + BLOCK - 1) / BLOCK;
        return from + (blocks + 1) / 2 * BLOCK;
    }

    private Matrix part(int rowFrom, int rowTo, int columnFrom, int columnTo) {
        return lower.rows(rowFrom, rowTo).columns(columnFrom, columnTo);
    }

    private Matrix inverse(int from, int to) {
        return inverses.rows(from, to).columns(0, to - from);
    }
}
