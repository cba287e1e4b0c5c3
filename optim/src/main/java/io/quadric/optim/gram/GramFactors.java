package io.quadric.optim.gram;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Hadamard;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ParameterSlice;
import java.util.List;

/// The share of one parameter group in a Gram matrix JJᵀ.
///
/// @param slices the group's parameter arrays
/// @param inputs X, one row per case, if row (c, i) of J is the outer product of row (c, i) of Y and (xᵢ; 1); empty if
///     the rows of Y are the rows of J
/// @param gradients Y, one row for each row of J
/// @param bias whether there is a 1 in (xᵢ; 1)
record GramFactors(List<ParameterSlice> slices, Matrix inputs, Matrix gradients, boolean bias) {
    /// gram ← gram + JJᵀ. The inner product of two outer products is (x₁ᵀx₂ + 1)(y₁ᵀy₂), so no row of J is formed (Ren
    /// 2022, §5.4.7, with the biases).
    void addTo(Matrix gram, Workspace ws) {
        if (inputs.isEmpty()) {
            Gemm.ADD.syrk(gradients, gram, ws);
            return;
        }
        int rows = gradients.rows();
        int cases = inputs.rows();
        try (var frame = ws.open()) {
            Matrix xx = frame.matrix(gram.precision(), cases, cases);
            Matrix yy = frame.matrix(gram.precision(), rows, rows);
            xx.fill(bias ? 1 : 0);
            Gemm.ADD.syrk(inputs, xx, ws);
            Gemm.SET.syrk(gradients, yy, ws);
            for (int i = 0; i < rows; i += cases) {
                for (int j = 0; j < rows; j += cases) {
                    Matrix block = gram.rows(i, i + cases).columns(j, j + cases);
                    Matrix products = yy.rows(i, i + cases).columns(j, j + cases);
                    Hadamard.ADD.multiply(xx, products, block, ws);
                }
            }
        }
    }
}
