package io.quadric.linalg.internal;

/// Makes the SIMD kernels. Loading this class needs the Vector API; nothing else that is loaded before the choice does.
final class SimdKernelSet {
    private SimdKernelSet() {}

    static KernelSet create() {
        boolean many = SimdSpecies.hasManyRegisters();
        return new KernelSet(
                new ScalarDoubleKernels(),
                new ScalarFloatKernels(),
                new DoubleGemmEngine(many ? new SimdDoubleMicroKernel6x4() : new SimdDoubleMicroKernel4x2()),
                new FloatGemmEngine(many ? new SimdFloatMicroKernel6x4() : new SimdFloatMicroKernel4x2()));
    }

    static String description() {
        return SimdSpecies.bits() + "-bit SIMD";
    }
}
