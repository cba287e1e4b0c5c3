package io.quadric.nn.layer;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// Receives what a backward pass learns about the parameters. What a sink does with the reports is the whole
/// difference between a gradient, a Fisher diagonal, Kronecker factors and Gram matrices.
///
/// Cotangents are per case: neither divided by N nor weighted. A sink that forms a mean over the cases puts 1/N and the
/// weights where its definition has them; a report says how much each case counts.
///
/// Several reports may come for one block; their contributions add up. All rows of a case come in one report, unless
/// the sink [takes parts][#takesPartsOfCases()], and except from R-backward passes. What is reported is valid
/// during the call.
public interface Sink {
    /// Ignores all reports: for passes that need no parameter gradient and should not pay for one.
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

    /// Receives the rows of a block. The gradient of the weight is Yᵀ X; the gradient of the bias, if the block has
    /// one, is the sum of the rows of Y.
    ///
    /// @param block the block
    /// @param rows X and Y
    /// @param ws threads and scratch
    void affine(AffineBlock block, Rows rows, Workspace ws);

    /// Receives rows that are made on demand. A sink that can work chunk by chunk saves their memory by overriding this
    /// method; otherwise it receives them all at once.
    ///
    /// @param block the block
    /// @param rows X and Y
    /// @param ws threads and scratch
    default void affine(AffineBlock block, RowChunks rows, Workspace ws) {
        try (var frame = ws.open()) {
            affine(block, rows.all(frame), ws);
        }
    }

    /// Receives the gradients of an array that belongs to no block, one row per case. The gradient of the array is
    /// their sum.
    ///
    /// @param slice the array
    /// @param gradients one row per case
    /// @param ws threads and scratch
    void direct(ParameterSlice slice, Matrix gradients, Workspace ws);

    /// {@return whether the rows of one case may come in several reports}: true for sums of gradients, where it saves
    /// memory because a layer can work through a long sequence piece by piece; false for anything that is not linear in
    /// the gradient of a case.
    default boolean takesPartsOfCases() {
        return false;
    }

    /// {@return a sink that passes every report on to this one and then to another}
    ///
    /// @param other the second receiver
    default Sink and(Sink other) {
        return other == NONE ? this : new TeeSink(this, other);
    }

    /// What enters an affine map and the gradient of what leaves it.
    ///
    /// @param inputs X, one row per case and position
    /// @param gradients Y, as many rows
    /// @param cases which rows belong to which case, and how much each case counts
    record Rows(Matrix inputs, Matrix gradients, CaseRows cases) {
        /// Checks the shapes.
        ///
        /// @throws IllegalArgumentException if X or Y has another number of rows than the cases
        public Rows {
            if (inputs.rows() != gradients.rows() || inputs.rows() != cases.total()) {
                throw new IllegalArgumentException("X is " + inputs.shape() + ", Y " + gradients.shape() + ", of "
                        + cases.count() + " cases with " + cases.total() + " rows in total");
            }
        }

        /// {@return as many rows for each of the cases, which count the same}
        ///
        /// @param inputs X, one row per case and position
        /// @param gradients Y, as many rows
        /// @param positions rows per case: 1, or the number of time steps or places of a convolution
        /// @throws IllegalArgumentException if the rows of X and Y differ or are no multiple of the positions
        public static Rows of(Matrix inputs, Matrix gradients, int positions) {
            return new Rows(inputs, gradients, CaseRows.even(new Cases(inputs.rows() / positions), positions));
        }

        /// {@return the most rows that a case can have}: 1, or the number of time steps or places of a convolution
        public int positions() {
            return cases.positions();
        }

        /// sum ← sum + scale · Σ over cases of ρᵢ (Yᵢᵀ Xᵢ)², the squared elements of the gradient of each case's
        /// weight.
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
                Matrix y = cases.weighed(gradients, 0.5, frame);
                if (positions() == 1) {
                    new Gemm(scale, 1).multiply(squared(y, frame).t(), squared(inputs, frame), sum, ws);
                    return;
                }
                Matrix gradient = frame.matrix(sum.precision(), sum.rows(), sum.columns());
                for (int i = 0; i < cases.count(); i++) {
                    int from = cases.from(i);
                    int to = cases.to(i);
                    Gemm.SET.multiply(y.rows(from, to).t(), inputs.rows(from, to), gradient, ws);
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
