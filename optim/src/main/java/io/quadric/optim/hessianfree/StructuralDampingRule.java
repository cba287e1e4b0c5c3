package io.quadric.optim.hessianfree;

import io.quadric.nn.Model;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// Structural damping of the quadratic model (Martens & Sutskever 2012, §8.4): μ times the curvature of a distance
/// between hidden units before and after the step; it acts on recurrent layers, or, where there is none, on the
/// activations between layers.
///
/// @param structuralDamping μ, 0 for none
/// @param structuralDistance the distance
/// @param structuralStrength how μ goes on from step to step
public record StructuralDampingRule(
        @Tunable("strength μ of structural damping, 0 for none") double structuralDamping,
        @Tunable("distance between hidden units for structural damping") StructuralDamping.Distance structuralDistance,
        @Tunable("how the strength of structural damping goes on") Strength structuralStrength) {
    /// How μ goes on from step to step.
    public enum Strength {
        /// It stays as it is.
        FIXED,
        /// The term's factor is μλ, with the λ of the step: hidden units and parameters are held together.
        TIMES_LAMBDA,
        /// It is adapted by the reduction ratio with the factors of λ, whether λ is adapted or not (§8.5).
        BY_RATIO
    }

    /// Checks μ.
    ///
    /// @throws IllegalArgumentException if it is out of range
    public StructuralDampingRule {
        Require.notNegative("structuralDamping", structuralDamping);
    }

    /// {@return no structural damping}
    public static StructuralDampingRule none() {
        return new StructuralDampingRule(0, StructuralDamping.Distance.SQUARED_ERROR, Strength.TIMES_LAMBDA);
    }

    boolean isOn() {
        return structuralDamping > 0;
    }

    /// The term at the present μ and λ.
    StructuralDamping term(Model model, double mu, double lambda) {
        double strength = structuralStrength == Strength.TIMES_LAMBDA ? mu * lambda : mu;
        return new StructuralDamping(
                strength, structuralDistance, StructuralDamping.hiddenLayers(model.network().layers()));
    }

    /// μ for the next step.
    ///
    /// @param factor by which an adapted λ changes
    double next(double mu, double factor) {
        return structuralStrength == Strength.BY_RATIO ? mu * factor : mu;
    }
}
