package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.kernel.ProductStructure;
import io.quadric.linalg.internal.kernel.TriangularBlocks;
import io.quadric.linalg.internal.product.MatrixProduct;

/// The factor L of A = L Lᵀ, and what is computed from it, all by halving: each step is a matrix product of half the
/// size, and only diagonal blocks of order [#BLOCK] are left to loops over elements.
///
/// The inverses of the diagonal blocks are kept, so a triangular solve with such a block is a product too.
public final class TriangularFactor {
    /// The order of the diagonal blocks; halving cuts at its multiples.
    private static final int BLOCK = 3 * TriangularBlocks.COLUMNS;

    private final Matrix lower;
    private final Matrix inverses;
    private int failedPivot = -1;
    private double failedValue;

    /// Factors in place: the lower triangle of A is read and overwritten, and the upper one is meaningless afterwards.
    /// To be used only if [#failedPivot()] is negative.
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
        factor(0, order(), ws);
    }

    /// The matrix whose lower triangle is L.
    public Matrix stored() {
        return lower;
    }

    /// The index of a pivot that was not positive or not finite, or −1.
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
        MatrixProduct.multiply(-1, Operands.symmetric(below, below.t(), part(mid, to, mid, to)), 1, ws);
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
            MatrixProduct.multiply(1, new Operands(inverse(from, to), b, b, ProductStructure.LOWER_LEFT), 0, ws);
            return;
        }
        int mid = middle(from, to);
        Matrix above = b.rows(0, mid - from);
        Matrix below = b.rows(mid - from, to - from);
        solve(above, from, mid, ws);
        MatrixProduct.multiply(-1, new Operands(part(mid, to, from, mid), above, below), 1, ws);
        solve(below, mid, to, ws);
    }

    /// B ← L⁻ᵀ B
    public void solveTransposed(Matrix b, Workspace ws) {
        solveTransposed(b, 0, order(), ws);
    }

    private void solveTransposed(Matrix b, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            MatrixProduct.multiply(1, new Operands(inverse(from, to).t(), b, b, ProductStructure.UPPER_LEFT), 0, ws);
            return;
        }
        int mid = middle(from, to);
        Matrix above = b.rows(0, mid - from);
        Matrix below = b.rows(mid - from, to - from);
        solveTransposed(below, mid, to, ws);
        MatrixProduct.multiply(-1, new Operands(part(mid, to, from, mid).t(), below, above), 1, ws);
        solveTransposed(above, from, mid, ws);
    }

    /// B ← B L⁻ᵀ with rows and columns `from` to `to` of L.
    private void solveFromRightTransposed(Matrix b, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            MatrixProduct.multiply(1, new Operands(b, inverse(from, to).t(), b, ProductStructure.UPPER_RIGHT), 0, ws);
            return;
        }
        int mid = middle(from, to);
        Matrix left = b.columns(0, mid - from);
        Matrix right = b.columns(mid - from, to - from);
        solveFromRightTransposed(left, from, mid, ws);
        MatrixProduct.multiply(-1, new Operands(left, part(mid, to, from, mid).t(), right), 1, ws);
        solveFromRightTransposed(right, mid, to, ws);
    }

    /// B ← B L⁻¹ with rows and columns `from` to `to` of L.
    private void solveFromRight(Matrix b, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            MatrixProduct.multiply(1, new Operands(b, inverse(from, to), b, ProductStructure.LOWER_RIGHT), 0, ws);
            return;
        }
        int mid = middle(from, to);
        Matrix left = b.columns(0, mid - from);
        Matrix right = b.columns(mid - from, to - from);
        solveFromRight(right, mid, to, ws);
        MatrixProduct.multiply(-1, new Operands(right, part(mid, to, from, mid), left), 1, ws);
        solveFromRight(left, from, mid, ws);
    }

    /// out ← A⁻¹ = L⁻ᵀ L⁻¹, both triangles.
    public void inverse(Matrix out, Workspace ws) {
        try (var frame = ws.open()) {
            squareOf(inverseOfFactor(frame), out, ws);
        }
    }

    /// The same if the inverse is finite; otherwise `out` is unchanged. The largest elements of the inverse are on its
    /// diagonal, whose sum is ‖L⁻¹‖². Returns whether it was written.
    public boolean inverseIfFinite(Matrix out, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix m = inverseOfFactor(frame);
            double largest = m.precision() == Precision.FLOAT64 ? Double.MAX_VALUE : Float.MAX_VALUE;
            boolean finite = squaredNorm(m) < largest / 2;
            if (finite) {
                squareOf(m, out, ws);
            }
            return finite;
        }
    }

    /// ‖M‖², where M is lower triangular with its zeros stored within the diagonal blocks.
    private static double squaredNorm(Matrix m) {
        double sum = 0;
        for (int from = 0; from < m.rows(); from += BLOCK) {
            int to = Math.min(m.rows(), from + BLOCK);
            Matrix rows = m.rows(from, to).columns(0, to);
            sum += KernelProvider.kernels(m.precision()).dot(rows, rows);
        }
        return sum;
    }

    /// out ← Mᵀ M, where M is lower triangular.
    private static void squareOf(Matrix m, Matrix out, Workspace ws) {
        MatrixProduct.multiplySymmetric(
                1, new Operands(m.t(), m, out, ProductStructure.SYMMETRIC_OF_UPPER), 0, ws);
    }

    /// L⁻¹, with zeros within and beside its diagonal blocks, and arbitrary elements further above the diagonal.
    private Matrix inverseOfFactor(Workspace.Frame frame) {
        Matrix m = frame.matrix(lower.precision(), order(), order());
        invert(m, 0, order(), frame.workspace());
        return m;
    }

    /// The block of the inverse below the diagonal is −L₂₂⁻¹ L₂₁ L₁₁⁻¹.
    private void invert(Matrix out, int from, int to, Workspace ws) {
        if (to - from <= BLOCK) {
            Matrix rows = out.rows(from, to);
            rows.columns(from, to).copyFrom(inverse(from, to));
            rows.columns(to, Math.min(order(), to + ProductStructure.ZEROS)).fill(0);
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

    /// The multiple of [#BLOCK] nearest to the middle.
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
