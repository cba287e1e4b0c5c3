package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.ParameterSpec.Role;
import io.quadric.nn.registry.Argument;
import java.util.random.RandomGenerator;

/// Draws the first values of a parameter array. Implement it for a distribution of your own; a record can have a name
/// in the [registry][io.quadric.nn.registry.Registry].
@FunctionalInterface
public interface Initializer {
    /// Fills one array, first axis down.
    ///
    /// @param spec the array
    /// @param values overwritten; the first axis down, all others across
    /// @param random the source of the draws
    void initialize(ParameterSpec spec, Matrix values, RandomGenerator random);

    /// {@return the normalised initialisation}, see [Glorot]
    static Initializer glorot() {
        return new Glorot();
    }

    /// {@return the fan-in initialisation}, see [FanIn]
    static Initializer fanIn() {
        return new FanIn();
    }

    /// {@return the sparse initialisation}, see [Sparse]
    ///
    /// @param connections incoming weights per unit, at least 1
    /// @param deviation the standard deviation
    /// @param bias the value of every bias
    /// @throws IllegalArgumentException if `connections` is below 1 or `deviation` not positive
    static Initializer sparse(int connections, double deviation, double bias) {
        return new Sparse(connections, deviation, bias);
    }

    /// The normalised initialisation: weights uniform in ±√(6 / (fan-in + fan-out)), biases and states 0, scales 1
    /// (Glorot & Bengio 2010, eqn 16).
    record Glorot() implements Initializer {
        @Override
        public void initialize(ParameterSpec spec, Matrix values, RandomGenerator random) {
            double bound = Math.sqrt(6.0 / (spec.fanIn() + spec.fanOut()));
            if (spec.role() == Role.WEIGHT) {
                Initializers.uniform(values, bound, random);
            } else {
                Initializers.constant(spec, values, 0);
            }
        }
    }

    /// The fan-in initialisation: weights and biases uniform in ±1/√fan-in, states 0, scales 1, and biases without
    /// fan-in 0. Weights are smaller than with [Glorot]: in a deep network of rectifiers it is the biases that keep the
    /// signal up. The published curves of the Kronecker methods start from such parameters.
    record FanIn() implements Initializer {
        @Override
        public void initialize(ParameterSpec spec, Matrix values, RandomGenerator random) {
            if (spec.role() == Role.WEIGHT || (spec.role() == Role.BIAS && spec.fanIn() > 0)) {
                Initializers.uniform(values, 1 / Math.sqrt(spec.fanIn()), random);
            } else {
                Initializers.constant(spec, values, 0);
            }
        }
    }

    /// The sparse initialisation: every unit gets `connections` non-zero incoming weights, drawn from a normal
    /// distribution; the other weights and the states are 0. Martens (2010), recommended by Martens & Sutskever (2012,
    /// §13): 15 connections of standard deviation 1, biases 0, or 0.5 for tanh units.
    ///
    /// @param connections incoming weights per unit, at least 1
    /// @param deviation the standard deviation
    /// @param bias the value of every bias
    record Sparse(
            @Argument(otherwise = "15") int connections,
            @Argument(otherwise = "1") double deviation,
            @Argument(otherwise = "0") double bias)
            implements Initializer {
        /// Checks the numbers.
        ///
        /// @throws IllegalArgumentException if `connections` is below 1 or `deviation` not positive
        public Sparse {
            if (connections < 1 || !(deviation > 0)) {
                throw new IllegalArgumentException("at least 1 connection of positive deviation expected, got "
                        + connections + " of " + deviation);
            }
        }

        @Override
        public void initialize(ParameterSpec spec, Matrix values, RandomGenerator random) {
            if (spec.role() == Role.WEIGHT) {
                Initializers.sparse(values, connections, deviation, random);
            } else {
                Initializers.constant(spec, values, bias);
            }
        }
    }
}
