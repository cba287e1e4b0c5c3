package io.quadric.linalg.operator;

import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// c Uᵀ U, of rank at most the number of rows of U.
///
/// @param factor c
/// @param vectors U, k × n
public record LowRank(double factor, Matrix vectors) implements SelfAdjointOperator {
    @Override
    public int size() {
        return vectors.columns();
    }

    @Override
    public Precision precision() {
        return vectors.precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        check(x, y);
        try (var frame = ws.open()) {
            Matrix middle = frame.matrix(precision(), vectors.rows(), 1);
            Gemm.SET.multiply(vectors, x.asMatrix(size(), 1), middle, ws);
            new Gemm(factor, 0).multiply(vectors.t(), middle, y.asMatrix(size(), 1), ws);
        }
    }
}
