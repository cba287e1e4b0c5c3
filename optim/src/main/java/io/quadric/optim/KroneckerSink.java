package io.quadric.optim;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.GemmOperand;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.AffineBlock;
import io.quadric.nn.ParameterSlice;
import io.quadric.nn.RowBlocks;
import io.quadric.nn.Sink;

/// Adds to Kronecker factors what a backward pass reports: A ← A + (w/N) X̄ᵀX̄ and G ← G + (w/(N T)) YᵀY.
///
/// @param factors the factors
/// @param weight w
/// @param part which of them are wanted
record KroneckerSink(KroneckerFactors factors, double weight, Part part) implements Sink {
    /// Which factors a pass adds to.
    enum Part {
        INPUTS,
        OUTPUTS,
        BOTH
    }

    @Override
    public void affine(AffineBlock block, Rows rows, Workspace ws) {
        double scale = weight / rows.cases();
        if (part != Part.OUTPUTS) {
            addInputs(block, rows.inputs(), scale, factors.input(block.index()), ws);
        }
        if (part != Part.INPUTS) {
            new Gemm(scale / rows.positions(), 1).syrk(rows.gradients().t(), factors.output(block.index()), ws);
        }
    }

    @Override
    public void affine(AffineBlock block, RowBlocks rows, Workspace ws) {
        double scale = weight / rows.cases();
        rows.forEach(
                (inputs, gradients, scratch) -> {
                    if (part != Part.OUTPUTS) {
                        addInputs(block, inputs.t(), scale, factors.input(block.index()), scratch);
                    }
                    if (part != Part.INPUTS) {
                        Matrix factor = factors.output(block.index());
                        new Gemm(scale / rows.positions(), 1).syrk(gradients, factor, scratch);
                    }
                },
                ws);
    }

    /// A ← A + scale · X̄ᵀX̄. X̄ = [X 1], so X̄ᵀX̄ has the column sums of X as its last row and column and the number
    /// of rows in the corner.
    static void addInputs(AffineBlock block, GemmOperand x, double scale, Matrix factor, Workspace ws) {
        int n = block.inputs();
        new Gemm(scale, 1).syrk(x.isTransposed() ? x.stored() : x.stored().t(), corner(factor, n), ws);
        if (block.bias().isPresent()) {
            Vector border = factor.row(n).slice(0, n);
            addColumnSums(scale, x, border, ws);
            factor.rows(0, n).columns(n, n + 1).copyFrom(border.asMatrix(n, 1));
            factor.set(n, n, factor.get(n, n) + scale * x.rows());
        }
    }

    private static Matrix corner(Matrix factor, int n) {
        return factor.rows(0, n).columns(0, n);
    }

    private static void addColumnSums(double scale, GemmOperand x, Vector sums, Workspace ws) {
        if (!x.isTransposed()) {
            Elementwise.sumRows(scale, x.stored(), 1, sums);
            return;
        }
        try (var frame = ws.open()) {
            Vector here = frame.vector(sums.precision(), sums.size());
            Elementwise.rowSums(x.stored(), here);
            sums.axpy(scale, here);
        }
    }

    @Override
    public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
        // parameters outside a weight-and-bias block have no Kronecker factors
    }
}
