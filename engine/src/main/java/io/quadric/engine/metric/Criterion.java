package io.quadric.engine.metric;

import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Matrix;

/// When a network has a case right.
@FunctionalInterface
public interface Criterion {
    /// {@return how many cases are wrong}
    ///
    /// @param outputs of the network, one row per case
    /// @param targets one row per case
    int failures(Matrix outputs, Matrix targets);

    /// {@return right: in every time step the largest output is where the largest target is}; outputs that are not
    /// finite are wrong.
    ///
    /// @param steps time steps of a case; 1 for plain classes
    static Criterion largest(int steps) {
        return new Largest(steps);
    }

    /// {@return right: the only output is closer to the target than `bound`}
    ///
    /// @param bound exclusive
    static Criterion within(double bound) {
        return new Within(bound);
    }

    /// {@return right: the only output, a logit, is positive where the target is 1, and negative where it is 0}
    static Criterion sign() {
        return new Sign();
    }

    /// In every time step the largest output is where the largest target is.
    ///
    /// @param steps time steps of a case
    record Largest(int steps) implements Criterion {
        @Override
        public int failures(Matrix outputs, Matrix targets) {
            int width = outputs.columns() / steps;
            int[] guess = new int[outputs.rows() * steps];
            int[] label = new int[outputs.rows() * steps];
            Elementwise.argMaxRows(outputs.reshape(guess.length, width), guess);
            Elementwise.argMaxRows(targets.reshape(label.length, width), label);
            int failures = 0;
            for (int i = 0; i < outputs.rows(); i++) {
                boolean right = outputs.rows(i, i + 1).isFinite();
                for (int t = i * steps; t < (i + 1) * steps; t++) {
                    right &= guess[t] == label[t];
                }
                failures += right ? 0 : 1;
            }
            return failures;
        }
    }

    /// The only output is close to the target.
    ///
    /// @param bound exclusive
    record Within(double bound) implements Criterion {
        @Override
        public int failures(Matrix outputs, Matrix targets) {
            return count(outputs, targets, (z, t) -> Math.abs(z - t) < bound);
        }
    }

    /// The only output, a logit, has the sign that the target says.
    record Sign() implements Criterion {
        @Override
        public int failures(Matrix outputs, Matrix targets) {
            return count(outputs, targets, (z, t) -> z > 0 && t > 0.5 || z < 0 && t <= 0.5);
        }
    }

    private static int count(Matrix outputs, Matrix targets, Judgement judgement) {
        int failures = 0;
        for (int i = 0; i < outputs.rows(); i++) {
            failures += judgement.isRight(outputs.get(i, 0), targets.get(i, 0)) ? 0 : 1;
        }
        return failures;
    }
}
