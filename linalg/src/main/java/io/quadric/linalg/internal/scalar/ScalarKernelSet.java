package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.internal.blocked.DoubleGemmEngine;
import io.quadric.linalg.internal.blocked.DoublePlaneEngine;
import io.quadric.linalg.internal.blocked.FloatGemmEngine;
import io.quadric.linalg.internal.blocked.FloatPlaneEngine;
import io.quadric.linalg.internal.kernel.KernelSet;

/// Creates the scalar kernels, the twins of those of [io.quadric.linalg.internal.simd.SimdKernelSet].
public final class ScalarKernelSet {
    private ScalarKernelSet() {}

    public static KernelSet create() {
        return new KernelSet(
                new KernelSet.Loops(
                        new ScalarDoubleKernels(),
                        new DoubleGemmEngine(new ScalarDoubleMicroKernel(), false),
                        new ScalarDoubleImages(),
                        new ScalarDoubleTriangularBlocks(),
                        new DoublePlaneEngine(new ScalarDoubleStripKernel())),
                new KernelSet.Loops(
                        new ScalarFloatKernels(),
                        new FloatGemmEngine(new ScalarFloatMicroKernel(), false),
                        new ScalarFloatImages(),
                        new ScalarFloatTriangularBlocks(),
                        new FloatPlaneEngine(new ScalarFloatStripKernel())));
    }
}
