package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;

/// Which kernels this virtual machine runs.
public final class Simd {
    private Simd() {}

    /// {@return whether the kernels use the Vector API}
    public static boolean isActive() {
        return KernelProvider.isSimd();
    }

    /// {@return which kernels are in use and why, in a line}
    public static String description() {
        return KernelProvider.description();
    }
}
