package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.ParameterSpec;
import java.util.random.RandomGenerator;

/// The loops of the initialisers.
final class Initializers {
    private Initializers() {}

    static void uniform(Matrix values, double bound, RandomGenerator random) {
        for (int i = 0; i < values.rows(); i++) {
            for (int j = 0; j < values.columns(); j++) {
                values.set(i, j, random.nextDouble(-bound, bound));
            }
        }
    }

    /// In each row a random subset of the columns, drawn without replacement: the first k of a shuffle.
    static void sparse(Matrix values, int connections, double deviation, RandomGenerator random) {
        values.fill(0);
        int columns = values.columns();
        int[] order = new int[columns];
        for (int i = 0; i < values.rows(); i++) {
            for (int j = 0; j < columns; j++) {
                order[j] = j;
            }
            for (int k = 0; k < Math.min(connections, columns); k++) {
                int pick = random.nextInt(k, columns);
                int column = order[pick];
                order[pick] = order[k];
                values.set(i, column, deviation * random.nextGaussian());
            }
        }
    }

    static void constant(ParameterSpec spec, Matrix values, double bias) {
        values.fill(
                switch (spec.role()) {
                    case BIAS -> bias;
                    case SCALE -> 1;
                    case WEIGHT, STATE, PEEPHOLE -> 0;
                });
    }
}
