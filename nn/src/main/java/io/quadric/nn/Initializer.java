package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.ParameterSpec.Role;
import io.quadric.nn.registry.Argument;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
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

    /// Checks that it fits a network, before anything is drawn.
    ///
    /// @param layout the arrays of the network
    /// @throws IllegalArgumentException if it does not
    default void requireFor(ParameterLayout layout) {
        // most do not mind
    }

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
            if (spec.isWeight()) {
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
            if (spec.isWeight() || (spec.role() == Role.BIAS && spec.fanIn() > 0)) {
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
            if (spec.isWeight()) {
                Initializers.sparse(values, connections, deviation, random);
            } else {
                Initializers.constant(spec, values, bias);
            }
        }
    }

    /// The orthogonal initialisation: weights are a factor times a random matrix with orthonormal rows or columns, the
    /// Q of a Gaussian matrix, uniform among all of them (Saxe et al. 2014); of a recurrent weight every square group
    /// of rows is one. Biases have a value, states are 0, scales 1. Along time, a linear recurrent net neither forgets
    /// nor explodes with a factor of 1.
    ///
    /// @param factor the singular value of all weights
    /// @param bias the value of every bias
    record Orthogonal(@Argument(otherwise = "1") double factor, @Argument(otherwise = "0") double bias)
            implements Initializer {
        /// Checks the number.
        ///
        /// @throws IllegalArgumentException if `factor` is not positive
        public Orthogonal {
            Initializers.requirePositive("factor", factor);
        }

        @Override
        public void initialize(ParameterSpec spec, Matrix values, RandomGenerator random) {
            if (spec.isWeight()) {
                Initializers.groups(spec, values).forEach(group -> Initializers.orthogonal(group, factor, random));
            } else {
                Initializers.constant(spec, values, bias);
            }
        }
    }

    /// The initialisation of an echo state network: recurrent weights are [Sparse] and scaled to a spectral radius, so
    /// that the hidden state of a net carries what it has seen over many time steps before anything is learnt (Martens
    /// & Sutskever 2012, §8.4, who refer to Jaeger & Haas 2004 and to Martens & Sutskever 2011). Slightly above 1 the
    /// memory is long and does not explode (Sutskever et al. 2013, §5). All other parameters are as with [Sparse].
    ///
    /// @param radius the largest magnitude of the eigenvalues of every square group of rows
    /// @param connections incoming weights per unit, at least 1
    /// @param deviation the standard deviation of the other weights
    /// @param bias the value of every bias
    record EchoState(
            @Argument(otherwise = "1.1") double radius,
            @Argument(otherwise = "15") int connections,
            @Argument(otherwise = "1") double deviation,
            @Argument(otherwise = "0") double bias)
            implements Initializer {
        /// Checks the numbers.
        ///
        /// @throws IllegalArgumentException if `connections` is below 1, or `radius` or `deviation` not positive
        public EchoState {
            Initializers.requirePositive("radius", radius);
            new Sparse(connections, deviation, bias);
        }

        @Override
        public void initialize(ParameterSpec spec, Matrix values, RandomGenerator random) {
            if (spec.role() != Role.RECURRENT) {
                new Sparse(connections, deviation, bias).initialize(spec, values, random);
                return;
            }
            for (Matrix group : Initializers.groups(spec, values)) {
                Initializers.echoState(group, connections, radius, random);
            }
        }
    }

    /// Initialisers of single arrays or layers, and one for all others.
    ///
    /// @param chosen by name: an array such as `0.wh`, or what the names of several begin with before a dot, such as
    ///     `0` for layer 0; of several names that fit, the longest one counts
    /// @param otherwise for arrays that no name fits
    record ByName(Map<String, Initializer> chosen, Initializer otherwise) implements Initializer {
        /// Copies the map.
        public ByName {
            chosen = Map.copyOf(chosen);
        }

        private static boolean fits(String name, String array) {
            return array.equals(name) || array.startsWith(name + ".");
        }

        @Override
        public void requireFor(ParameterLayout layout) {
            List<String> arrays = layout.slices().stream().map(ParameterSlice::name).toList();
            for (String name : chosen.keySet()) {
                if (arrays.stream().noneMatch(array -> fits(name, array))) {
                    throw new IllegalArgumentException("no array is named '" + name + "', expected one of " + arrays
                            + ", or what one begins with before a dot");
                }
            }
            chosen.values().forEach(initializer -> initializer.requireFor(layout));
            otherwise.requireFor(layout);
        }

        @Override
        public void initialize(ParameterSpec spec, Matrix values, RandomGenerator random) {
            chosen.keySet().stream()
                    .filter(name -> fits(name, spec.name()))
                    .max(Comparator.comparingInt(String::length))
                    .map(chosen::get)
                    .orElse(otherwise)
                    .initialize(spec, values, random);
        }
    }
}
