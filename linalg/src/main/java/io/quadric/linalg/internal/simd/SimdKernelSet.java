package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.blocked.DoubleGemmEngine;
import io.quadric.linalg.internal.blocked.DoublePlaneEngine;
import io.quadric.linalg.internal.blocked.FloatGemmEngine;
import io.quadric.linalg.internal.blocked.FloatPlaneEngine;
import io.quadric.linalg.internal.kernel.DoubleMicroKernel;
import io.quadric.linalg.internal.kernel.FloatMicroKernel;
import io.quadric.linalg.internal.kernel.KernelSet;

/// Creates the SIMD kernels. Loading this class needs the Vector API; no other class that is loaded before the choice
/// does.
public final class SimdKernelSet {
    private SimdKernelSet() {}

    public static KernelSet create() {
        boolean many = SimdSpecies.hasManyRegisters();
        DoubleMicroKernel doubles = many ? new SimdDoubleMicroKernel12x2() : new SimdDoubleMicroKernel6x2();
        FloatMicroKernel floats = many ? new SimdFloatMicroKernel12x2() : new SimdFloatMicroKernel6x2();
        return new KernelSet(
                new KernelSet.Loops(
                        new SimdDoubleKernels(),
                        new DoubleGemmEngine(doubles, many),
                        new SimdDoubleImages(),
                        new SimdDoubleTriangularBlocks(),
                        new DoublePlaneEngine(new SimdDoubleStripKernel(), doubles)),
                new KernelSet.Loops(
                        new SimdFloatKernels(),
                        new FloatGemmEngine(floats, many),
                        new SimdFloatImages(),
                        new SimdFloatTriangularBlocks(),
                        new FloatPlaneEngine(new SimdFloatStripKernel(), floats)));
    }

    /// On x86 the preferred shape is narrower than 256 bits only without AVX2, and then a fused multiply-add, of which
    /// the kernels consist, is emulated at a thousand times the cost.
    public static boolean lacksMultiplyAdd() {
        return SimdSpecies.bits() < 256 && System.getProperty("os.arch").equals("amd64");
    }

    public static String description() {
        return SimdSpecies.bits() + "-bit SIMD";
    }
}
