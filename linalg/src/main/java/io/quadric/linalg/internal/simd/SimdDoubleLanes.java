package io.quadric.linalg.internal.simd;

import jdk.incubator.vector.DoubleVector;
//FLOAT32: import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.VectorMask;
//FLOAT32: import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// Vectors of one precision, and the double vectors in which they accumulate.
@SuppressWarnings("cast") // the casts do their work in the float twin
final class SimdDoubleLanes {
    static final VectorSpecies</*E*/Double> SPECIES = SimdSpecies.FLOAT64;
    static final int LANES = SPECIES.length();

    /// Lanes of a wide vector.
    static final int WIDE_LANES = SimdSpecies.WIDE.length();

    private SimdDoubleLanes() {}

    static DoubleVector load(/*E*/double[] a, int at) {
        return DoubleVector.fromArray(SPECIES, a, at);
    }

    static DoubleVector load(/*E*/double[] a, int at, VectorMask</*E*/Double> mask) {
        return DoubleVector.fromArray(SPECIES, a, at, mask);
    }

    static DoubleVector all(double value) {
        return DoubleVector.broadcast(SPECIES, (/*E*/double) value);
    }

    /// The lanes of the last vector of a row of `length` elements, after the whole ones.
    static VectorMask</*E*/Double> tail(int length) {
        return SPECIES.indexInRange(SPECIES.loopBound(length), length);
    }

    /// As many elements as a wide vector has lanes.
    static DoubleVector/*W*/ loadWide(/*E*/double[] a, int at) {
        return DoubleVector.fromArray(SPECIES, a, at); //FLOAT64-ONLY
        //FLOAT32: FloatVector narrow = FloatVector.fromArray(SimdSpecies.NARROW, a, at);
        //FLOAT32: return (DoubleVector) narrow.convertShape(VectorOperators.F2D, SimdSpecies.WIDE, 0);
    }

    /// The last elements of a row, fewer than a wide vector has lanes, with zeros in the other lanes.
    static DoubleVector/*W*/ loadWideTail(/*E*/double[] a, int at, int left) {
        return DoubleVector.fromArray(SPECIES, a, at, SPECIES.indexInRange(0, left)); //FLOAT64-ONLY
        //FLOAT32: VectorMask<Float> mask = SimdSpecies.NARROW.indexInRange(0, left);
        //FLOAT32: FloatVector narrow = FloatVector.fromArray(SimdSpecies.NARROW, a, at, mask);
        //FLOAT32: return (DoubleVector) narrow.convertShape(VectorOperators.F2D, SimdSpecies.WIDE, 0);
    }

    /// Rounds to the precision and stores, at most `left` elements.
    static void storeWide(DoubleVector/*W*/ v, /*E*/double[] a, int at, int left) {
        DoubleVector rounded = v; //FLOAT64-ONLY
        VectorSpecies</*E*/Double> species = SPECIES; //FLOAT64-ONLY
        //FLOAT32: VectorSpecies<Float> species = SimdSpecies.NARROW;
        //FLOAT32: FloatVector rounded = (FloatVector) v.convertShape(VectorOperators.D2F, species, 0);
        if (left >= WIDE_LANES) {
            rounded.intoArray(a, at);
        } else {
            rounded.intoArray(a, at, species.indexInRange(0, left));
        }
    }

    static DoubleVector/*W*/ zeroWide() {
        return DoubleVector/*W*/.zero(SimdSpecies.WIDE);
    }

    /// The sum of the lanes, by halving. `reduceLanes` leaves its order open, and it differs between interpreted and
    /// compiled code; this one is the same in both.
    static double reduce(DoubleVector/*W*/ v) {
        return switch (WIDE_LANES) {
            case 2 -> v.lane(0) + v.lane(1);
            case 4 -> v.lane(0) + v.lane(2) + (v.lane(1) + v.lane(3));
            case 8 -> v.lane(0) + v.lane(4) + (v.lane(2) + v.lane(6))
                    + (v.lane(1) + v.lane(5) + (v.lane(3) + v.lane(7)));
            default -> halve(v);
        };
    }

    private static double halve(DoubleVector/*W*/ v) {
        DoubleVector/*W*/ sum = v;
        for (int half = WIDE_LANES / 2; half > 0; half /= 2) {
            sum = sum.add(sum.slice(half));
        }
        return sum.lane(0);
    }
}
