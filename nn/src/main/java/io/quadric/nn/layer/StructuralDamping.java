package io.quadric.nn.layer;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/// A curvature term that penalises changes of the hidden units h (Martens & Sutskever 2012, §8.4): the Gauss-Newton
/// matrix of S(δ) = (1/N) Σ d(hᵢ(θ + δ); hᵢ(θ)), times μ. With it the damped matrix is (1/N) Σ (Jᵢᵀ Hᵢ Jᵢ + μ Kᵢᵀ dᵢ''
/// Kᵢ) + ηI, K the Jacobian of h, and a product with it still takes one pass forward and one back.
///
/// @param strength μ, at least 0
/// @param distance d
/// @param layers the numbers of the layers whose hidden units are penalised
public record StructuralDamping(double strength, Distance distance, List<Integer> layers) implements Serializable {
    /// How a change of the hidden units is measured.
    public enum Distance {
        /// d(h; h₀) = ½ ‖h − h₀‖², d'' = I.
        SQUARED_ERROR,
        /// For logistic units d(h; h₀) = −Σ h₀ log h + (1 − h₀) log(1 − h), d'' = 1 / (h (1 − h)) at h = h₀; for all
        /// other units as [#SQUARED_ERROR].
        CROSS_ENTROPY;

        /// {@return √d'' of one unit}; for the cross-entropy 0 where the unit is saturated, where its derivative is 0
        /// too and so is √d'' times that.
        ///
        /// @param h the unit
        public double rootCurvature(double h) {
            double variance = h * (1 - h);
            return this == SQUARED_ERROR ? 1 : variance > 0 ? 1 / Math.sqrt(variance) : 0;
        }
    }

    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if μ is negative or not finite
    public StructuralDamping {
        if (!(strength >= 0) || Double.isInfinite(strength)) {
            throw new IllegalArgumentException(
                    "the strength of structural damping must be finite and not negative, got " + strength);
        }
        layers = List.copyOf(layers);
    }

    /// {@return the same with another strength}
    ///
    /// @param mu μ, at least 0
    public StructuralDamping withStrength(double mu) {
        return new StructuralDamping(mu, distance, layers);
    }

    /// {@return the numbers of the recurrent layers, or, where there are none, of the activations between layers}
    ///
    /// @param layers of a network, from input to output
    /// @throws IllegalArgumentException if there are no such hidden units
    public static List<Integer> hiddenLayers(List<Layer> layers) {
        List<Integer> recurrent = layers(layers, HiddenUnits.Kind.STATES);
        if (!recurrent.isEmpty()) {
            return recurrent;
        }
        int last = layers.size() - 1;
        List<Integer> activations =
                layers(layers, HiddenUnits.Kind.ACTIVATIONS).stream().filter(i -> i < last).toList();
        if (activations.isEmpty()) {
            throw new IllegalArgumentException("structural damping needs hidden units: a recurrent layer, or an"
                    + " activation before the last layer, got " + layers);
        }
        return activations;
    }

    private static List<Integer> layers(List<Layer> layers, HiddenUnits.Kind kind) {
        return IntStream.range(0, layers.size())
                .filter(i -> layers.get(i).hidden() == kind)
                .boxed()
                .toList();
    }
}
