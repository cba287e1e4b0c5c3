package io.quadric.linalg.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.internal.blocked.BlockedGemm;
import io.quadric.linalg.internal.blocked.BlockedGemm.Operands;
import io.quadric.linalg.internal.kernel.KernelSet;
import io.quadric.linalg.internal.simd.OtherShapes;
import io.quadric.linalg.internal.simd.SimdKernelSet;

/// Calls every SIMD kernel some times, in a JVM that has vectors of other shapes.
final class EveryKernel {
    private static final int CALLS = 30;

    private EveryKernel() {}

    public static void main(String[] args) {
        OtherShapes.use();
        KernelSet kernels = SimdKernelSet.create();
        for (Precision precision : Precision.values()) {
            for (int i = 0; i < CALLS; i++) {
                multiply(kernels, precision);
                KernelTwinsTest.runAll(kernels.elements(precision), precision);
            }
        }
    }

    private static void multiply(KernelSet kernels, Precision precision) {
        Matrix a = Matrix.zeros(precision, 37, 60);
        Matrix b = Matrix.zeros(precision, 60, 70);
        Operands plain = new Operands(a, b, Matrix.zeros(precision, 37, 70));
        BlockedGemm.multiply(kernels.gemm(precision), 1, plain, 1, Workspace.serial());
        Matrix narrow = Matrix.zeros(precision, 60, 3);
        Operands few = new Operands(a, narrow, Matrix.zeros(precision, 37, 3));
        BlockedGemm.multiply(kernels.gemm(precision), 1, few, 0, Workspace.serial());
        Operands fewOfTransposed = new Operands(b.t(), narrow, Matrix.zeros(precision, 70, 3));
        BlockedGemm.multiply(kernels.gemm(precision), 1, fewOfTransposed, 0, Workspace.serial());
        Matrix packed = Matrix.zeros(precision, 37, 37);
        BlockedGemm.multiply(kernels.gemm(precision), 1, Operands.symmetric(a, a.t(), packed), 1, Workspace.serial());
        Operands transposed = new Operands(b.t(), a.t(), Matrix.zeros(precision, 70, 37));
        BlockedGemm.multiply(kernels.gemm(precision), 1, transposed, 0, Workspace.serial());
    }
}
