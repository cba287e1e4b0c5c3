package io.quadric.linalg;

import io.quadric.linalg.internal.KernelProvider;

/// Tells which kernels are in use in this virtual machine.
public final class Simd {
    private Simd() {}

    /// {@return whether the kernels use the Vector API}
    public static boolean isActive() {
        return KernelProvider.isSimd();
    }

    /// {@return which kernels are in use, and why, in one line}
    public static String description() {
        return KernelProvider.description();
    }
}
