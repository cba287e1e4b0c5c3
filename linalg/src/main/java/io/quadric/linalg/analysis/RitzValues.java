package io.quadric.linalg.analysis;

import io.quadric.linalg.Vector;

/// What [Lanczos] knows of the spectrum of an operator B.
///
/// @param values Ritz values, in ascending order: all eigenvalues of B if the process was exhausted
/// @param weights their squared shares in the starting vector, which sum to 1: Σ wᵢ f(valueᵢ) is the Gauss quadrature
///     of xᵀ f(B) x for the normalised starting vector x
/// @param residuals for each Ritz value a bound on its distance to the nearest eigenvalue of B, but for rounding
public record RitzValues(Vector values, Vector weights, Vector residuals) {
    /// {@return the smallest Ritz value}, never below the smallest eigenvalue but for rounding.
    public double smallest() {
        return values.get(0);
    }

    /// {@return the largest Ritz value}, never above the largest eigenvalue but for rounding.
    public double largest() {
        return values.get(values.size() - 1);
    }

    /// {@return an estimate, from below, of the condition number of a positive definite operator}: largest by smallest
    /// Ritz value; infinite if the smallest is not positive.
    public double condition() {
        return smallest() > 0 ? largest() / smallest() : Double.POSITIVE_INFINITY;
    }
}
