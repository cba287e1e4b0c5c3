package io.quadric.linalg.analysis;

import io.quadric.linalg.Vector;

/// What [Lanczos] finds out about the spectrum of an operator B.
///
/// @param values Ritz values, in ascending order; the eigenvalues of B on the Krylov space if that was exhausted
/// @param weights the squared components of the starting vector along them, of sum 1: Σ wᵢ f(valueᵢ) is the Gauss
///     quadrature of xᵀ f(B) x for the normalised starting vector x
/// @param residuals for each Ritz value, a bound on its distance to the nearest eigenvalue of B, up to rounding
public record RitzValues(Vector values, Vector weights, Vector residuals) {
    /// {@return the smallest Ritz value}; up to rounding it is never below the smallest eigenvalue.
    public double smallest() {
        return values.get(0);
    }

    /// {@return the largest Ritz value}; up to rounding it is never above the largest eigenvalue.
    public double largest() {
        return values.get(values.size() - 1);
    }

    /// {@return an estimate from below of the condition number of a positive definite operator}: the largest divided by
    /// the smallest Ritz value; infinite if the smallest is not positive.
    public double condition() {
        return smallest() > 0 ? largest() / smallest() : Double.POSITIVE_INFINITY;
    }
}
