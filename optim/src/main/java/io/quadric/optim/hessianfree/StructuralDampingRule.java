package io.quadric.optim.hessianfree;

import io.quadric.nn.Model;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import java.util.List;
import java.util.Optional;

/// Structural damping of the quadratic model (Martens & Sutskever 2012, §8.4): μ times the curvature of a distance
/// between the hidden units before and after the step. It acts on recurrent layers, or if there are none, on the
/// activations between layers.
///
/// @param mu μ, 0 for none
/// @param distance the distance
/// @param strength how μ changes from step to step
public record StructuralDampingRule(
        @Tunable(key = "structuralDamping",
                value = "strength μ of structural damping, 0 for none",
                searchFrom = 0.01, searchTo = 10) double mu,
        @Tunable(key = "structuralDistance", value = "distance between hidden units for structural damping")
        StructuralDamping.Distance distance,
        @Tunable(key = "structuralStrength", value = "how the strength of structural damping changes")
        Strength strength) {
    /// How μ changes from step to step.
    public enum Strength {
        /// It does not.
        FIXED,
        /// The term is multiplied by μλ, with the λ of the step, so that both kinds of damping change together. λ must
        /// not be 0; in a trust region, where λ remains as given, so does this strength.
        TIMES_LAMBDA,
        /// It is adapted by the reduction ratio with the factors of λ, even if λ is not adapted (§8.5).
        BY_RATIO
    }

    /// Checks μ.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public StructuralDampingRule {
        Require.notNegative("structuralDamping", mu);
    }

    /// {@return no structural damping}
    public static StructuralDampingRule none() {
        return new StructuralDampingRule(0, StructuralDamping.Distance.SQUARED_ERROR, Strength.TIMES_LAMBDA);
    }

    boolean isOn() {
        return mu > 0;
    }

    /// The term for the current μ and λ, if there is structural damping.
    ///
    /// @throws IllegalArgumentException if the network has no hidden units
    Optional<StructuralDamping> term(Model model, double current, double lambda) {
        if (!isOn()) {
            return Optional.empty();
        }
        double factor = strength == Strength.TIMES_LAMBDA ? current * lambda : current;
        List<Integer> layers = StructuralDamping.hiddenLayers(model.network().layers());
        return Optional.of(new StructuralDamping(Math.min(factor, Double.MAX_VALUE), distance, layers));
    }

    /// μ for the next step.
    ///
    /// @param factor by which an adapted λ changes
    double next(double current, double factor) {
        return strength == Strength.BY_RATIO ? current * factor : current;
    }
}
