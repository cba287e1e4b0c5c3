package io.quadric.nn;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;

/// The gradient of every case, from one backward pass. It needs memory for N flat vectors; sums of squares alone are
/// cheaper with [Linearization#empiricalFisherDiagonal].
public final class CaseGradients {
    private CaseGradients() {}

    /// Row i of g ← ∇Lᵢ(θ), neither divided by N nor weighed, and without the penalty: ∇f is their mean plus ηθ.
    ///
    /// Where layers [couple the cases][Linearization#couplesCases()] there is no gradient of one case alone; row i is
    /// then what the rows of case i contribute to the gradient of the batch.
    ///
    /// @param at the linearization
    /// @param g overwritten, N × parameters
    /// @throws IllegalArgumentException if g has another shape
    public static void of(Linearization at, Matrix g) {
        int size = at.parameters().values().size();
        if (g.rows() != at.cases() || g.columns() != size) {
            throw new IllegalArgumentException(
                    "the gradients of " + at.cases() + " cases are " + at.cases() + " × " + size + ", got "
                            + g.shape());
        }
        g.fill(0);
        try (var frame = at.workspace().open()) {
            Matrix dz = at.outputsLike(frame);
            at.lossGradient(dz);
            at.backward(dz, new ByCase(g));
        }
    }

    private record ByCase(Matrix sums) implements Sink {
        @Override
        public void affine(AffineBlock block, Rows rows, Workspace ws) {
            for (int i = 0; i < rows.cases().count(); i++) {
                int from = rows.cases().from(i);
                int to = rows.cases().to(i);
                Matrix y = rows.gradients().rows(from, to);
                Matrix weight = block.weight().matrixOf(sums.row(i));
                Gemm.ADD.multiply(y.t(), rows.inputs().rows(from, to), weight, ws);
                if (block.bias().isPresent()) {
                    Elementwise.sumRows(1, y, 1, block.bias().get().of(sums.row(i)));
                }
            }
        }

        @Override
        public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
            Matrix own = sums.columns(slice.offset(), slice.offset() + slice.size());
            Elementwise.axpby(1, gradients, 1, own, ws);
        }

        @Override
        public boolean takesPartsOfCases() {
            return true;
        }
    }
}
