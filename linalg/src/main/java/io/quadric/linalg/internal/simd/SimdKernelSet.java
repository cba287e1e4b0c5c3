package io.quadric.linalg.internal.simd;

import io.quadric.linalg.internal.blocked.DoubleGemmEngine;
import io.quadric.linalg.internal.blocked.DoublePlaneEngine;
import io.quadric.linalg.internal.blocked.FloatGemmEngine;
import io.quadric.linalg.internal.blocked.FloatPlaneEngine;
import io.quadric.linalg.internal.kernel.KernelSet;

/// Creates the SIMD kernels. Loading this class needs the Vector API; no other class that is loaded before the choice
/// does.
public final class SimdKernelSet {
    private SimdKernelSet() {}

    public static KernelSet create() {
        boolean many = SimdSpecies.hasManyRegisters();
        return new KernelSet(
                new KernelSet.Loops(
                        new SimdDoubleKernels(),
                        new DoubleGemmEngine(many ? new SimdDoubleMicroKernel12x2() : new SimdDoubleMicroKernel6x2(),
                                many),
                        new SimdDoubleImages(),
                        new SimdDoubleTriangularBlocks(),
                        new DoublePlaneEngine(new SimdDoubleStripKernel())),
                new KernelSet.Loops(
                        new SimdFloatKernels(),
                        new FloatGemmEngine(many ? new SimdFloatMicroKernel12x2() : new SimdFloatMicroKernel6x2(),
                                many),
                        new SimdFloatImages(),
                        new SimdFloatTriangularBlocks(),
                        new FloatPlaneEngine(new SimdFloatStripKernel())));
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
