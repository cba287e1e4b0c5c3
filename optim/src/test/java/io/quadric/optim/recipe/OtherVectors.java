package io.quadric.optim.recipe;

import java.util.List;
import java.util.Random;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// What another program in the same JVM may do: vectors of some shapes, so that the methods of the Vector API have seen
/// several classes of vectors, and C2 cannot tell from what it has seen which of them a kernel of ours has.
final class OtherVectors {
    private static final int MOST = 3000;
    private static final int LENGTH = 64;

    private OtherVectors() {}

    /// Each shape with a probability of one half, some times.
    ///
    /// @return some number
    static double use(Random random) {
        double sum = 0;
        for (VectorSpecies<Float> species : List.of(FloatVector.SPECIES_64, FloatVector.SPECIES_128,
                FloatVector.SPECIES_256, FloatVector.SPECIES_512)) {
            for (int k = random.nextBoolean() ? random.nextInt(MOST) : 0; k > 0; k--) {
                sum += floats(species);
            }
        }
        for (VectorSpecies<Double> species : List.of(DoubleVector.SPECIES_64, DoubleVector.SPECIES_128,
                DoubleVector.SPECIES_256, DoubleVector.SPECIES_512)) {
            for (int k = random.nextBoolean() ? random.nextInt(MOST) : 0; k > 0; k--) {
                sum += doubles(species);
            }
        }
        return sum;
    }

    private static double floats(VectorSpecies<Float> species) {
        float[] a = new float[LENGTH];
        FloatVector sum = FloatVector.broadcast(species, 1.5f);
        VectorMask<Float> first = species.indexInRange(0, 1);
        for (int i = 0; i < LENGTH; i += species.length()) {
            FloatVector v = FloatVector.fromArray(species, a, i).add(sum);
            sum = v.fma(sum, sum).mul(0.25f).sub(v).neg().max(v).min(sum).div(v).abs();
            sum = sum.blend(v, sum.compare(VectorOperators.LT, v)).lanewise(VectorOperators.SQRT);
            sum = sum.reinterpretAsInts().add(1).reinterpretAsFloats();
            v.intoArray(a, i);
            sum.intoArray(a, i, first);
        }
        return sum.lane(0) + sum.reduceLanes(VectorOperators.ADD) + a[0];
    }

    private static double doubles(VectorSpecies<Double> species) {
        double[] a = new double[LENGTH];
        DoubleVector sum = DoubleVector.broadcast(species, 1.5);
        VectorMask<Double> first = species.indexInRange(0, 1);
        for (int i = 0; i < LENGTH; i += species.length()) {
            DoubleVector v = DoubleVector.fromArray(species, a, i).add(sum);
            sum = v.fma(sum, sum).mul(0.25).sub(v).neg().max(v).min(sum).div(v).abs();
            sum = sum.blend(v, sum.compare(VectorOperators.LT, v)).lanewise(VectorOperators.SQRT);
            sum = sum.reinterpretAsLongs().add(1).reinterpretAsDoubles();
            v.intoArray(a, i);
            sum.intoArray(a, i, first);
        }
        return sum.lane(0) + sum.reduceLanes(VectorOperators.ADD) + a[0];
    }
}
