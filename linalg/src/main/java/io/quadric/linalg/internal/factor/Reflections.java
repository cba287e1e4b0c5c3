package io.quadric.linalg.internal.factor;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.product.MatrixProduct;

/// A product of Householder reflections H = H₀ H₁ ⋯, Hⱼ = I − τⱼ vⱼ vⱼᵀ, applied in panels from the right. With the
/// vectors of a panel as the rows of V, it is H_from ⋯ H_to = I − Vᵀ S V with an upper triangular S (Schreiber & Van
/// Loan 1989), so that applying it takes three products of matrices.
public final class Reflections {
    /// Reflections of a panel.
    public static final int PANEL = 32;

    private final Matrix vectors;
    private final double[] factors;
    private final int offset;

    /// @param vectors vⱼ in row j, with zeros before its first element, which is in column j + offset
    /// @param factors τⱼ
    /// @param offset where v₀ begins
    public Reflections(Matrix vectors, double[] factors, int offset) {
        this.vectors = vectors;
        this.factors = factors;
        this.offset = offset;
    }

    /// M ← M H
    ///
    /// @param m as many columns as the vectors have elements
    public void multiply(Matrix m, Workspace ws) {
        for (int from = 0; from < vectors.rows(); from += PANEL) {
            multiplyPanel(from, Math.min(vectors.rows(), from + PANEL), m, ws);
        }
    }

    /// M ← M H_from ⋯ H_to
    void multiplyPanel(int from, int to, Matrix m, Workspace ws) {
        update(from, to, m, false, ws);
    }

    /// M ← M Hᵀ
    ///
    /// @param m as many columns as the vectors have elements
    public void multiplyTransposed(Matrix m, Workspace ws) {
        for (int to = vectors.rows(); to > 0; to = (to - 1) / PANEL * PANEL) {
            update((to - 1) / PANEL * PANEL, to, m, true, ws);
        }
    }

    /// Writes the first rows of Hᵀ.
    ///
    /// @param out as many columns as the vectors have elements, and no more rows than that; overwritten
    public void transposeInto(Matrix out, Workspace ws) {
        out.fill(0);
        for (int i = 0; i < out.rows(); i++) {
            out.set(i, i, 1);
        }
        for (int to = vectors.rows(); to > 0; to = (to - 1) / PANEL * PANEL) {
            int from = (to - 1) / PANEL * PANEL;
            // the rows above are still those of the identity
            update(from, to, out.rows(Math.min(out.rows(), from + offset), out.rows()), true, ws);
        }
    }

    private void update(int from, int to, Matrix m, boolean transposed, Workspace ws) {
        int first = from + offset;
        Matrix v = vectors.rows(from, to).columns(first, vectors.columns());
        Matrix part = m.columns(first, m.columns());
        int k = to - from;
        try (var frame = ws.open()) {
            Precision precision = m.precision();
            Matrix s = frame.matrix(precision, k, k);
            Matrix mv = frame.matrix(precision, part.rows(), k);
            Matrix mvs = frame.matrix(precision, part.rows(), k);
            compactFactor(v, from, s, ws);
            MatrixProduct.multiply(1, new Operands(part, v.t(), mv), 0, ws);
            MatrixProduct.multiply(1, new Operands(mv, transposed ? s.t() : s, mvs), 0, ws);
            MatrixProduct.multiply(-1, new Operands(mvs, v, part), 1, ws);
        }
    }

    /// S, upper triangular: column i is −τᵢ S (V vᵢ) above the diagonal and τᵢ on it; computed in double.
    private void compactFactor(Matrix v, int from, Matrix out, Workspace ws) {
        try (var frame = ws.open()) {
            int k = v.rows();
            Matrix products = frame.matrix(v.precision(), k, k);
            Matrix g = frame.matrix(Precision.FLOAT64, k, k);
            Matrix s = frame.matrix(Precision.FLOAT64, k, k).fill(0);
            MatrixProduct.multiplySymmetric(1, Operands.symmetric(v, v.t(), products), 0, ws);
            g.copyFrom(products);
            for (int i = 0; i < k; i++) {
                appendColumn(i, factors[from + i], g, s);
            }
            out.copyFrom(s);
        }
    }

    private static void appendColumn(int i, double tau, Matrix products, Matrix s) {
        double[] g = products.doubles();
        double[] sa = s.doubles();
        for (int p = 0; p < i; p++) {
            double sum = 0;
            for (int q = p; q < i; q++) {
                sum += sa[s.rowOffset(p) + q] * g[products.rowOffset(i) + q];
            }
            sa[s.rowOffset(p) + i] = -tau * sum;
        }
        sa[s.rowOffset(i) + i] = tau;
    }
}
