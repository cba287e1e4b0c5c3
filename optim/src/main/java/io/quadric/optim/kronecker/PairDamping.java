package io.quadric.optim.kronecker;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.optim.internal.InverseHessian;

/// Damping of a pair (s, y) so that sᵀy > 0 (Ren 2022). All but the last begin with Powell's damping on H: if
/// sᵀy < μ₁yᵀHy, s̃ = θs + (1−θ)Hy with θ = (1−μ₁)yᵀHy / (yᵀHy − sᵀy). The second step differs.
public enum PairDamping {
    /// D_P D_LM (Algorithm 8): ỹ = y + μ₂s̃, μ₂ > 0.
    POWELL_LM,
    /// DD (Algorithm 3): Powell's damping on y with the identity: if s̃ᵀy < μ₂s̃ᵀs̃, ỹ = θy + (1−θ)s̃ with
    /// θ = (1−μ₂)s̃ᵀs̃ / (s̃ᵀs̃ − s̃ᵀy), μ₂ in (0, 1]. A larger μ₂, which λ > 1 in the grids of §2.8.2 would give, is
    /// taken as 1: beyond it ỹ is no mean of y and s̃.
    POWELL_POWELL,
    /// D_{P(I)} D_LM (Algorithm 11): like D_P D_LM, with μ₂⁻¹I in place of H in the first step, which bounds
    /// s̃ᵀs̃/s̃ᵀỹ and ỹᵀỹ/s̃ᵀỹ (Lemma 4).
    IDENTITY_LM;

    /// Damps the pair in place.
    ///
    /// @return whether the first step changed s
    boolean apply(InverseHessian h, Pair pair, double mu1, double mu2, Workspace ws) {
        Vector s = pair.s();
        Vector y = pair.y();
        boolean damped = powellOnInverse(this == IDENTITY_LM ? scaledIdentity(1 / mu2) : h::apply, s, y, mu1, ws);
        if (this != POWELL_POWELL) {
            y.axpy(mu2, s);
            return damped;
        }
        double mu = Math.min(mu2, 1);
        double square = s.dot(s);
        double product = s.dot(y);
        if (product < mu * square) {
            double theta = (1 - mu) * square / (square - product);
            y.axpby(1 - theta, s, theta);
        }
        return damped;
    }

    /// A pair.
    ///
    /// @param s the change of the argument
    /// @param y the change of the gradient
    record Pair(Vector s, Vector y) {}

    private interface Product {
        void apply(Vector v, Vector product, Workspace ws);
    }

    private static Product scaledIdentity(double scale) {
        return (v, product, ws) -> product.axpby(scale, v, 0);
    }

    private static boolean powellOnInverse(Product h, Vector s, Vector y, double mu1, Workspace ws) {
        try (var frame = ws.open()) {
            Vector hy = frame.vector(y.precision(), y.size());
            h.apply(y, hy, ws);
            double energy = y.dot(hy);
            double product = s.dot(y);
            if (!(product < mu1 * energy)) {
                return false;
            }
            double theta = (1 - mu1) * energy / (energy - product);
            s.axpby(1 - theta, hy, theta);
            return true;
        }
    }
}
