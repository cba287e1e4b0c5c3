package io.quadric.linalg.internal.simd;

import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// The vector shape in use: the machine's preferred one, or the one that the system property `quadric.simd` asks for.
final class SimdSpecies {
    private static final int REQUESTED = Integer.getInteger("quadric.simd", 0);

    /// The shape of double vectors.
    static final VectorSpecies<Double> FLOAT64 = REQUESTED == 0
            ? DoubleVector.SPECIES_PREFERRED
            : VectorSpecies.of(double.class, VectorShape.forBitSize(REQUESTED));

    /// The shape of float vectors.
    static final VectorSpecies<Float> FLOAT32 = REQUESTED == 0
            ? FloatVector.SPECIES_PREFERRED
            : VectorSpecies.of(float.class, VectorShape.forBitSize(REQUESTED));

    /// The double vectors in which both precisions accumulate.
    static final VectorSpecies<Double> WIDE = FLOAT64;

    /// Float vectors of as many lanes as a wide one.
    static final VectorSpecies<Float> NARROW = VectorSpecies.of(float.class,
            VectorShape.forBitSize(FLOAT32.vectorBitSize() / 2));

    /// The classes of the vectors in use, which the build names where C2 would not see them (decision 31).
    static final Class<?> FLOAT64_VECTOR = FLOAT64.vectorType();

    static final Class<?> FLOAT32_VECTOR = FLOAT32.vectorType();

    static final Class<?> INT64_VECTOR = FLOAT64.withLanes(long.class).vectorType();

    static final Class<?> INT32_VECTOR = FLOAT32.withLanes(int.class).vectorType();

    private SimdSpecies() {}

    /// The width in bits.
    static int bits() {
        return FLOAT64.vectorBitSize();
    }

    /// Whether the instruction set has 32 vector registers, as AVX-512 and ARM have, not 16.
    static boolean hasManyRegisters() {
        return bits() >= 512 || System.getProperty("os.arch").equals("aarch64");
    }

    /// Vectors of four and of eight lanes.
    static final class OfLanes {
        static final VectorSpecies<Double> FOUR_FLOAT64 = DoubleVector.SPECIES_256;
        static final VectorSpecies<Float> FOUR_FLOAT32 = FloatVector.SPECIES_128;
        static final VectorSpecies<Double> EIGHT_FLOAT64 = DoubleVector.SPECIES_512;
        static final VectorSpecies<Float> EIGHT_FLOAT32 = FloatVector.SPECIES_256;

        private OfLanes() {}
    }
}
