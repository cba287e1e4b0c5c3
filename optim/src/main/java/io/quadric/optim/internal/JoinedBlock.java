package io.quadric.optim.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;

/// W̄ = [W b] of a flat vector as one matrix: in the flat vector the bias follows the weight as an array of its own.
public final class JoinedBlock {
    private JoinedBlock() {}

    /// joined ← [W b] of the flat vector.
    public static void gather(AffineBlock block, Vector flat, Matrix joined) {
        int n = block.inputs();
        joined.columns(0, n).copyFrom(block.weight().matrixOf(flat));
        if (block.bias().isPresent()) {
            joined.columns(n, n + 1).copyFrom(column(block.bias().get(), flat));
        }
    }

    /// W and b of the flat vector ← [W b].
    public static void scatter(AffineBlock block, Matrix joined, Vector flat) {
        int n = block.inputs();
        block.weight().matrixOf(flat).copyFrom(joined.columns(0, n));
        if (block.bias().isPresent()) {
            column(block.bias().get(), flat).copyFrom(joined.columns(n, n + 1));
        }
    }

    private static Matrix column(ParameterSlice bias, Vector flat) {
        return bias.of(flat).asMatrix(bias.size(), 1);
    }
}
