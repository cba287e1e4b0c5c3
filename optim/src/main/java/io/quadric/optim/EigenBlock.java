package io.quadric.optim;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Elementwise.Pair;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.SymmetricEigen;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.AffineBlock;
import io.quadric.nn.Sink;

/// The eigenbases U_A and U_G of one weight-and-bias block, and the diagonal S of the curvature in them, as an outputs
/// × (inputs + 1) matrix.
final class EigenBlock {
    private final AffineBlock block;
    private final Basis input;
    private final Basis output;
    private final Matrix diagonal;
    private final Matrix inverse;

    /// The eigenvectors, column by column, and the eigenvalues of a factor.
    private record Basis(Vector values, Matrix vectors) {
        static Basis identity(Precision precision, int n) {
            return new Basis(Vector.zeros(precision, n).fill(1), Matrix.identity(precision, n));
        }

        /// Leaves the basis as it is where there is none.
        boolean decompose(Matrix factor, Workspace ws) {
            if (!(SymmetricEigen.decompose(factor, values, vectors, ws) instanceof SymmetricEigen.Outcome.Decomposed)) {
                return false;
            }
            Elementwise.apply(ElementaryFunction.RELU, values.asRow(), values.asRow(), ws);
            return true;
        }

        void save(String prefix, State state) {
            state.put(prefix + ".values", values);
            state.put(prefix + ".vectors", vectors);
        }

        void restore(String prefix, State state) {
            state.get(prefix + ".values", values);
            state.get(prefix + ".vectors", vectors);
        }
    }

    EigenBlock(AffineBlock block, Precision precision) {
        this.block = block;
        input = Basis.identity(precision, block.augmentedInputs());
        output = Basis.identity(precision, block.outputs());
        diagonal = Matrix.zeros(precision, block.outputs(), block.augmentedInputs());
        inverse = Matrix.zeros(precision, block.outputs(), block.augmentedInputs());
    }

    AffineBlock block() {
        return block;
    }

    /// S
    Matrix diagonal() {
        return diagonal;
    }

    /// The bases of A and G; eigenvalues below 0, which rounding makes, become 0.
    ///
    /// @return whether both exist; one that does not is kept as it was
    boolean decompose(Matrix inputFactor, Matrix outputFactor, Workspace ws) {
        return input.decompose(inputFactor, ws) & output.decompose(outputFactor, ws);
    }

    /// S ← λ_G λ_Aᵀ
    void multiplyEigenvalues(Workspace ws) {
        Gemm.SET.multiply(output.values().asMatrix(block.outputs(), 1), input.values().asRow(), diagonal, ws);
    }

    /// S ← decay · S
    void forget(double decay) {
        if (decay == 0) {
            diagonal.fill(0);
        } else {
            diagonal.scale(decay);
        }
    }

    /// S ← S + (weight/N) Σ over cases of (U_Gᵀ ∇ᵢW̄ U_A)²
    void measure(double weight, Sink.Rows rows, Workspace ws) {
        int n = block.inputs();
        try (var frame = ws.open()) {
            Matrix x = frame.matrix(diagonal.precision(), rows.inputs().rows(), block.augmentedInputs());
            Matrix y = frame.matrix(diagonal.precision(), rows.gradients().rows(), block.outputs());
            Gemm.SET.multiply(rows.inputs(), input.vectors().rows(0, n), x, ws);
            if (block.bias().isPresent()) {
                Elementwise.addRow(input.vectors().row(n), x, ws);
            }
            Gemm.SET.multiply(rows.gradients(), output.vectors(), y, ws);
            new Sink.Rows(x, y, rows.positions()).addSquaredGradients(weight / rows.cases(), diagonal, ws);
        }
    }

    /// Prepares 1 / (S + damping).
    ///
    /// @return whether S is finite; otherwise what was prepared before is kept
    boolean damp(double damping) {
        if (!diagonal.isFinite()) {
            return false;
        }
        Elementwise.power(diagonal.flat(), damping, -1, inverse.flat());
        return true;
    }

    /// The block's part of p ← U_G ((U_Gᵀ p U_A) / (S + damping)) U_Aᵀ
    void apply(Vector p, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix joined = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            Matrix half = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            JoinedBlock.gather(block, p, joined);
            Gemm.SET.multiply(output.vectors().t(), joined, half, ws);
            Gemm.SET.multiply(half, input.vectors(), joined, ws);
            Elementwise.multiply(1, new Pair(joined, inverse), 0, joined, ws);
            Gemm.SET.multiply(output.vectors(), joined, half, ws);
            Gemm.SET.multiply(half, input.vectors().t(), joined, ws);
            JoinedBlock.scatter(block, joined, p);
        }
    }

    void save(State state) {
        String prefix = "eigen." + block.index();
        input.save(prefix + ".input", state);
        output.save(prefix + ".output", state);
        state.put(prefix + ".diagonal", diagonal);
        state.put(prefix + ".inverse", inverse);
    }

    void restore(State state) {
        String prefix = "eigen." + block.index();
        input.restore(prefix + ".input", state);
        output.restore(prefix + ".output", state);
        state.get(prefix + ".diagonal", diagonal);
        state.get(prefix + ".inverse", inverse);
    }
}
