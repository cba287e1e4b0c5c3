package io.quadric.linalg.internal.product;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.KernelProvider;
import io.quadric.linalg.internal.blocked.BlockedGemm;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;

/// Products of matrices on the kernels in use: what [io.quadric.linalg.Gemm] calls once it has checked the shapes, and
/// what factorisations call on parts of their own memory.
public final class MatrixProduct {
    private MatrixProduct() {}

    /// C ← α A B + β C; with β = 0 the old C is not read.
    public static void multiply(double alpha, Operands operands, double beta, Workspace ws) {
        BlockedGemm.multiply(KernelProvider.gemm(operands.c().precision()), alpha, operands, beta, ws);
    }

    /// C ← α A B + β C, of which the lower triangle is computed and mirrored.
    ///
    /// @param operands of a symmetric product
    public static void multiplySymmetric(double alpha, Operands operands, double beta, Workspace ws) {
        multiply(alpha, operands, beta, ws);
        mirror(operands.c(), ws);
    }

    /// Copies the lower triangle of C into the upper one.
    public static void mirror(Matrix c, Workspace ws) {
        BlockedGemm.mirror(KernelProvider.gemm(c.precision()), c, ws);
    }
}
