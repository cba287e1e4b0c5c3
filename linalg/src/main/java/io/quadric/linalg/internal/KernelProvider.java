package io.quadric.linalg.internal;

import io.quadric.linalg.Precision;

/// Holds the kernels in use.
final class KernelProvider {
    private static final Kernels FLOAT64 = new ScalarDoubleKernels();
    private static final Kernels FLOAT32 = new ScalarFloatKernels();

    private KernelProvider() {}

    static Kernels of(Precision precision) {
        return precision == Precision.FLOAT64 ? FLOAT64 : FLOAT32;
    }
}
