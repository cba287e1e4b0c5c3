package io.quadric.linalg.internal.scalar;

import io.quadric.linalg.internal.blocked.DoubleGemmEngine;
import io.quadric.linalg.internal.blocked.DoublePlaneEngine;
import io.quadric.linalg.internal.blocked.FloatGemmEngine;
import io.quadric.linalg.internal.blocked.FloatPlaneEngine;
import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.FloatMicroKernel;
import io.quadric.linalg.internal.kernel.KernelSet;

/// Creates the scalar kernels, the twins of those of [io.quadric.linalg.internal.simd.SimdKernelSet].
public final class ScalarKernelSet {
    private ScalarKernelSet() {}

    public static KernelSet create() {
        DoubleMicroKernel doubles = new ScalarDoubleMicroKernel();
        FloatMicroKernel floats = new ScalarFloatMicroKernel();
        return new KernelSet(
                new KernelSet.Loops(
                        new ScalarDoubleKernels(),
                        new DoubleGemmEngine(doubles, false),
                        new ScalarDoubleImages(),
                        new ScalarDoubleTriangularBlocks(),
                        new DoublePlaneEngine(new ScalarDoubleStripKernel(), doubles)),
                new KernelSet.Loops(
                        new ScalarFloatKernels(),
                        new FloatGemmEngine(floats, false),
                        new ScalarFloatImages(),
                        new ScalarFloatTriangularBlocks(),
                        new FloatPlaneEngine(new ScalarFloatStripKernel(), floats)));
    }
}
