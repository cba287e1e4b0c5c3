package io.quadric.nn;

import io.quadric.linalg.Eigenvalues;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Qr;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.ParameterSpec.Role;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/// The loops of the initialisers.
final class Initializers {
    private static final int DRAWS = 100;

    /// Far below the spectral radius of any matrix whose eigenvalues are not all 0.
    private static final double TINY = 1e-6;

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
                    case WEIGHT, RECURRENT, STATE, PEEPHOLE -> 0;
                });
    }

    static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(name + " must be positive and finite, got " + value);
        }
    }

    /// The square groups of rows of a recurrent weight; any other weight as it is.
    static List<Matrix> groups(ParameterSpec spec, Matrix values) {
        int rows = spec.role() == Role.RECURRENT ? values.columns() : values.rows();
        return IntStream.range(0, values.rows() / rows)
                .mapToObj(g -> values.rows(g * rows, (g + 1) * rows))
                .toList();
    }

    /// w ← factor · Q, or its transpose for a wide w. With the signs of R's diagonal Q is uniform (Mezzadri 2007).
    static void orthogonal(Matrix w, double factor, RandomGenerator random) {
        boolean tall = w.rows() >= w.columns();
        Matrix a = Matrix.zeros(Precision.FLOAT64, Math.max(w.rows(), w.columns()), Math.min(w.rows(), w.columns()));
        Matrix q = a.copy();
        try (Workspace ws = Workspace.serial()) {
            Qr.Outcome outcome;
            do {
                Sampling.gaussian(0, 1, random, a);
                outcome = Qr.factor(a, ws);
            } while (!(outcome instanceof Qr.Outcome.Factored));
            Qr qr = ((Qr.Outcome.Factored) outcome).qr();
            qr.q(q, ws);
            Matrix r = qr.r();
            for (int j = 0; j < q.columns(); j++) {
                Matrix column = q.columns(j, j + 1);
                column.scale(r.get(j, j) < 0 ? -factor : factor);
                (tall ? w.columns(j, j + 1) : w.row(j).asMatrix(w.columns(), 1)).copyFrom(column);
            }
        }
    }

    /// Few connections, scaled to a spectral radius; drawn again in the rare case that all eigenvalues are 0.
    static void echoState(Matrix w, int connections, double radius, RandomGenerator random) {
        Matrix drawn = Matrix.zeros(Precision.FLOAT64, w.rows(), w.columns());
        try (Workspace ws = Workspace.serial()) {
            for (int i = 0; i < DRAWS; i++) {
                sparse(drawn, connections, 1, random);
                if (Eigenvalues.of(drawn, ws) instanceof Eigenvalues.Outcome.Computed(Eigenvalues values)
                        && values.spectralRadius() > TINY) {
                    w.copyFrom(drawn.scale(radius / values.spectralRadius()));
                    return;
                }
            }
        }
        throw new IllegalStateException("no recurrent weight of " + connections + " connections for each of " + w.rows()
                + " units had a spectral radius; draw more connections");
    }
}
