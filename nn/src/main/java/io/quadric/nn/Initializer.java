package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.ParameterSpec.Role;
import java.util.random.RandomGenerator;

/// Draws the first values of a parameter array.
@FunctionalInterface
public interface Initializer {
    /// Fills one array, first axis down.
    ///
    /// @param spec the array
    /// @param values overwritten; the first axis down, all others across
    /// @param random the source of the draws
    void initialize(ParameterSpec spec, Matrix values, RandomGenerator random);

    /// {@return the normalised initialisation}: weights uniform in ±√(6 / (fan-in + fan-out)), biases and states 0,
    /// scales 1 (Glorot & Bengio 2010, eqn 16).
    static Initializer glorot() {
        return (spec, values, random) -> {
            double bound = Math.sqrt(6.0 / (spec.fanIn() + spec.fanOut()));
            if (spec.role() == Role.WEIGHT) {
                Initializers.uniform(values, bound, random);
            } else {
                Initializers.constant(spec, values, 0);
            }
        };
    }

    /// {@return the fan-in initialisation}: weights and biases uniform in ±1/√fan-in, states 0, scales 1, and biases
    /// without fan-in 0. Weights are smaller than with [#glorot()]: in a deep network of rectifiers it is the biases
    /// that keep the signal up. The published curves of the Kronecker methods start from such parameters.
    static Initializer fanIn() {
        return (spec, values, random) -> {
            if (spec.role() == Role.WEIGHT || (spec.role() == Role.BIAS && spec.fanIn() > 0)) {
                Initializers.uniform(values, 1 / Math.sqrt(spec.fanIn()), random);
            } else {
                Initializers.constant(spec, values, 0);
            }
        };
    }

    /// {@return the sparse initialisation}: every unit gets `connections` non-zero incoming weights, drawn from a
    /// normal distribution; the rest is 0. Martens (2010), recommended by Martens & Sutskever (2012, §13): 15
    /// connections of standard deviation 1, biases 0, or 0.5 for tanh units.
    ///
    /// @param connections incoming weights per unit, at least 1
    /// @param deviation the standard deviation
    /// @param bias the value of every bias
    /// @throws IllegalArgumentException if `connections` is below 1 or `deviation` not positive
    static Initializer sparse(int connections, double deviation, double bias) {
        if (connections < 1 || !(deviation > 0)) {
            throw new IllegalArgumentException("at least 1 connection of positive deviation expected, got "
                    + connections + " of " + deviation);
        }
        return (spec, values, random) -> {
            if (spec.role() == Role.WEIGHT) {
                Initializers.sparse(values, connections, deviation, random);
            } else {
                Initializers.constant(spec, values, bias);
            }
        };
    }
}
