package io.quadric.nn.layer;

import io.quadric.nn.Network;
import java.util.List;
import java.util.stream.IntStream;

/// A term of curvature that holds on to the hidden units h (Martens & Sutskever 2012, §8.4): the Gauss-Newton matrix of
/// S(δ) = (1/N) Σ d(hᵢ(θ + δ); hᵢ(θ)), times μ. With it the damped matrix is (1/N) Σ (Jᵢᵀ Hᵢ Jᵢ + μ Kᵢᵀ dᵢ'' Kᵢ) + ηI,
/// K the Jacobian of h, and a product with it still takes one pass forward and one back.
///
/// @param strength μ, at least 0
/// @param distance d
/// @param layers the layers whose hidden units are meant
public record StructuralDamping(double strength, Distance distance, List<Integer> layers) {
    /// How a change of hidden units is measured.
    public enum Distance {
        /// d(h; h₀) = ½ ‖h − h₀‖², d'' = I.
        SQUARED_ERROR,
        /// For logistic units d(h; h₀) = −Σ h₀ log h + (1 − h₀) log(1 − h), d'' = 1 / (h (1 − h)) at h = h₀; for all
        /// other units as [#SQUARED_ERROR].
        CROSS_ENTROPY
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

    /// {@return the recurrent layers of a network, or, where it has none, the activations between its layers}
    ///
    /// @param network the network
    /// @throws IllegalArgumentException if there are no such hidden units
    public static List<Integer> hiddenLayers(Network network) {
        List<Integer> recurrent = layers(network, HiddenUnits.Kind.STATES);
        if (!recurrent.isEmpty()) {
            return recurrent;
        }
        int last = network.layers().size() - 1;
        List<Integer> activations =
                layers(network, HiddenUnits.Kind.ACTIVATIONS).stream().filter(i -> i < last).toList();
        if (activations.isEmpty()) {
            throw new IllegalArgumentException("structural damping needs hidden units: a recurrent layer, or an"
                    + " activation before the last layer, got " + network);
        }
        return activations;
    }

    private static List<Integer> layers(Network network, HiddenUnits.Kind kind) {
        return IntStream.range(0, network.layers().size())
                .filter(i -> network.layers().get(i).hidden() == kind)
                .boxed()
                .toList();
    }
}
