package io.quadric.linalg.internal.simd;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;

/// Vectors of other shapes than that of the kernels.
public final class OtherShapes {
    private OtherShapes() {}

    /// {@return whether this machine has vectors of so many bits}
    public static boolean includes(int bits) {
        return bits <= VectorShape.preferredShape().vectorBitSize();
    }

    /// Has the JVM see one.
    public static void use() {
        float[] four = new float[4];
        FloatVector.fromArray(FloatVector.SPECIES_128, four, 0).add(1).intoArray(four, 0);
    }
}
