package io.quadric.optim.kronecker;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.solver.KroneckerEigen;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.Archive;
import io.quadric.optim.internal.JoinedBlock;

/// The eigenbases U_A and U_G of one weight-and-bias block, and the diagonal S of the curvature in them, as an outputs
/// × (inputs + 1) matrix.
final class EigenBlock {
    private final AffineBlock block;
    private final KroneckerEigen bases;
    private final Matrix diagonal;
    private final Matrix inverse;

    EigenBlock(AffineBlock block, Precision precision) {
        this.block = block;
        bases = new KroneckerEigen(precision, block.outputs(), block.augmentedInputs());
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

    /// The bases of A and G.
    ///
    /// @return whether both exist; otherwise they are unchanged
    boolean decompose(Matrix inputFactor, Matrix outputFactor, Workspace ws) {
        return bases.prepare(new Kronecker(outputFactor, inputFactor), ws);
    }

    /// S ← λ_G λ_Aᵀ
    void multiplyEigenvalues(Workspace ws) {
        Gemm.SET.outer(bases.leftValues(), bases.rightValues(), diagonal, ws);
    }

    /// S ← decay · S
    void forget(double decay) {
        if (decay == 0) {
            diagonal.fill(0);
        } else {
            diagonal.decay(decay);
        }
    }

    /// S ← S + (weight/N) Σ over cases of (U_Gᵀ ∇ᵢW̄ U_A)²
    void measure(double weight, Sink.Rows rows, Workspace ws) {
        int n = block.inputs();
        try (var frame = ws.open()) {
            Matrix x = frame.matrix(diagonal.precision(), rows.inputs().rows(), block.augmentedInputs());
            Matrix y = frame.matrix(diagonal.precision(), rows.gradients().rows(), block.outputs());
            Gemm.SET.multiply(rows.inputs(), bases.rightVectors().rows(0, n), x, ws);
            if (block.bias().isPresent()) {
                Elementwise.addRow(bases.rightVectors().row(n), x, ws);
            }
            Gemm.SET.multiply(rows.gradients(), bases.leftVectors(), y, ws);
            new Sink.Rows(x, y, rows.cases()).addSquaredGradients(weight / rows.cases().count(), diagonal, ws);
        }
    }

    /// Prepares 1 / (S + damping).
    ///
    /// @return whether S is finite; otherwise what was prepared last remains
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
            Matrix product = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            JoinedBlock.gather(block, p, joined);
            bases.multiply(joined, inverse, product, ws);
            JoinedBlock.scatter(block, product, p);
        }
    }

    void serialize(Archive archive) {
        String prefix = "eigen." + block.index();
        archive.array(prefix + ".input.values", bases.rightValues());
        archive.array(prefix + ".input.vectors", bases.rightVectors());
        archive.array(prefix + ".output.values", bases.leftValues());
        archive.array(prefix + ".output.vectors", bases.leftVectors());
        archive.array(prefix + ".diagonal", diagonal);
        archive.array(prefix + ".inverse", inverse);
    }
}
