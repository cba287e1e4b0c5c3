package io.quadric.linalg.internal.simd;

import jdk.incubator.vector.VectorShape;

/// Whether the kernels run with vectors that this machine lacks.
public final class EmulatedWidth {
    private EmulatedWidth() {}

    public static boolean isInUse() {
        String asked = System.getProperty("quadric.simd", "auto");
        return asked.matches("\\d+") && Integer.parseInt(asked) > VectorShape.preferredShape().vectorBitSize();
    }
}
