package io.quadric.bench;

import io.quadric.linalg.Precision;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.FloatVector;

/// Multiply-adds that stay in registers: the most that one core can do. The chains are local variables, since only
/// these become registers; that is why they are written out, and once for each type of vector.
final class RegisterPeak {
    /// Independent sums, enough to cover the latency of a multiply-add.
    private static final int CHAINS = 10;

    private static final int REPEATS = 100_000;

    private RegisterPeak() {}

    /// {@return additions and multiplications of one [#run]}
    static double operations(Precision precision) {
        int lanes = precision == Precision.FLOAT64
                ? DoubleVector.SPECIES_PREFERRED.length()
                : FloatVector.SPECIES_PREFERRED.length();
        return 2.0 * lanes * CHAINS * REPEATS;
    }

    /// {@return a number that depends on all of the sums}
    static double run(Precision precision) {
        return precision == Precision.FLOAT64 ? doubles() : floats();
    }

    private static double doubles() {
        var species = DoubleVector.SPECIES_PREFERRED;
        DoubleVector x = DoubleVector.broadcast(species, 0.999);
        DoubleVector s0 = x;
        DoubleVector s1 = x;
        DoubleVector s2 = x;
        DoubleVector s3 = x;
        DoubleVector s4 = x;
        DoubleVector s5 = x;
        DoubleVector s6 = x;
        DoubleVector s7 = x;
        DoubleVector s8 = x;
        DoubleVector s9 = x;
        for (int i = 0; i < REPEATS; i++) {
            s0 = s0.fma(x, x);
            s1 = s1.fma(x, x);
            s2 = s2.fma(x, x);
            s3 = s3.fma(x, x);
            s4 = s4.fma(x, x);
            s5 = s5.fma(x, x);
            s6 = s6.fma(x, x);
            s7 = s7.fma(x, x);
            s8 = s8.fma(x, x);
            s9 = s9.fma(x, x);
        }
        DoubleVector low = s0.add(s1).add(s2).add(s3).add(s4);
        return low.add(s5).add(s6).add(s7).add(s8).add(s9).lane(0);
    }

    private static double floats() {
        var species = FloatVector.SPECIES_PREFERRED;
        FloatVector x = FloatVector.broadcast(species, 0.999f);
        FloatVector s0 = x;
        FloatVector s1 = x;
        FloatVector s2 = x;
        FloatVector s3 = x;
        FloatVector s4 = x;
        FloatVector s5 = x;
        FloatVector s6 = x;
        FloatVector s7 = x;
        FloatVector s8 = x;
        FloatVector s9 = x;
        for (int i = 0; i < REPEATS; i++) {
            s0 = s0.fma(x, x);
            s1 = s1.fma(x, x);
            s2 = s2.fma(x, x);
            s3 = s3.fma(x, x);
            s4 = s4.fma(x, x);
            s5 = s5.fma(x, x);
            s6 = s6.fma(x, x);
            s7 = s7.fma(x, x);
            s8 = s8.fma(x, x);
            s9 = s9.fma(x, x);
        }
        FloatVector low = s0.add(s1).add(s2).add(s3).add(s4);
        return low.add(s5).add(s6).add(s7).add(s8).add(s9).lane(0);
    }
}
