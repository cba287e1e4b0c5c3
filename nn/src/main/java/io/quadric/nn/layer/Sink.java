package io.quadric.nn.layer;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// Receives what a backward pass learns about the parameters. What a sink does with the reports is the whole
/// difference between a gradient, a Fisher diagonal, Kronecker factors and Gram matrices.
///
/// Several reports may come for one block; their contributions add up. All rows of a case come in one report, unless
/// the sink [takes parts][#takesPartsOfCases()], and except from R-backward passes. What is reported is valid
/// during the call.
public interface Sink {
    /// Takes no notice: for passes that need no parameter gradient, and pay for none.
    Sink NONE = new Sink() {
        @Override
        public void affine(AffineBlock block, Rows rows, Workspace ws) {
            // nothing is wanted
        }

        @Override
        public void affine(AffineBlock block, RowChunks rows, Workspace ws) {
            // nothing is wanted
        }

        @Override
        public void direct(ParameterSlice slice, Matrix gradients, Workspace ws) {
            // nothing is wanted
        }

        @Override
        public boolean takesPartsOfCases() {
            return true;
        }
    };

    /// The gradient of the weight is Yᵀ X, that of the bias, if the block has one, the sum of the rows of Y.
    ///
    /// @param block the block
    /// @param rows X and Y
    /// @param ws threads and scratch
    void affine(AffineBlock block, Rows rows, Workspace ws);

    /// The same for rows that are made on demand. A sink that can work block by block saves their memory; without this
    /// method it receives them all at once.
    ///
    /// @param block the block
    /// @param rows X and Y
    /// @param ws threads and scratch
    default void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        try (var frame = ws.open()) {
            affine(block, rows.all(frame), ws);
        }
    }

    /// The gradient of the array is the sum of the rows.
    ///
    /// @param slice the array
    /// @param ws threads and scratch
    /// @param gradients one row per case
    void direct(ParameterSlice slice, Matrix gradients, Workspace ws);

    /// {@return whether the rows of one case may come in several reports}: true of sums of gradients, and it saves
    /// memory where a layer works through long sequences piece by piece; false of whatever is not linear in a case's
    /// gradient.
    default boolean takesPartsOfCases() {
        return false;
    }

    /// {@return a sink that passes every report on to this one and to another}
    ///
    /// @param other hears a report after this one
    default Sink and(Sink other) {
        return other == NONE ? this : new TeeSink(this, other);
    }

    /// What enters an affine map and the gradient of what leaves it.
    ///
    /// @param inputs X, one row per case and position, the positions of a case together
    /// @param gradients Y, as many rows
    /// @param positions rows per case: 1, or the number of time steps or places of a convolution
    record Rows(Matrix inputs, Matrix gradients, int positions) {
        /// Checks the shapes.
        ///
        /// @throws IllegalArgumentException if the rows of X and Y differ or are no multiple of the positions
        public Rows {
            if (inputs.rows() != gradients.rows() || inputs.rows() % positions != 0) {
                throw new IllegalArgumentException("X is " + inputs.shape() + ", Y " + gradients.shape() + " with "
                        + positions + " positions per case");
            }
        }

        /// {@return N, the number of cases}
        public int cases() {
            return inputs.rows() / positions;
        }

        /// sum ← sum + scale · Σ over cases of (Yᵢᵀ Xᵢ)², the squared elements of the gradient of each case's weight.
        ///
        /// With one position per case that gradient is the outer product y xᵀ and its square (y ∘ y)(x ∘ x)ᵀ, so the
        /// sum is one matrix product of squares. With several positions the gradients of a case are summed first
        /// (Martens & Sutskever 2012, §11.3).
        ///
        /// @param scale 1/N for a mean
        /// @param sum columns of Y × columns of X, accumulated
        /// @param ws threads and scratch
        public void addSquaredGradients(double scale, Matrix sum, Workspace ws) {
            try (var frame = ws.open()) {
                if (positions == 1) {
                    Matrix y = squared(gradients, frame);
                    new Gemm(scale, 1).multiply(y.t(), squared(inputs, frame), sum, ws);
                    return;
                }
                Matrix gradient = frame.matrix(sum.precision(), sum.rows(), sum.columns());
                for (int from = 0; from < inputs.rows(); from += positions) {
                    int to = from + positions;
                    Gemm.SET.multiply(gradients.rows(from, to).t(), inputs.rows(from, to), gradient, ws);
                    new Hadamard(scale, 1).multiply(gradient, gradient, sum, ws);
                }
            }
        }

        private static Matrix squared(Matrix x, Workspace.Frame frame) {
            Matrix square = frame.matrix(x.precision(), x.rows(), x.columns());
            Hadamard.SET.multiply(x, x, square, frame.workspace());
            return square;
        }
    }
}
