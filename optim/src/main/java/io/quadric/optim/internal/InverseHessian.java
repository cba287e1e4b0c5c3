package io.quadric.optim.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Archive;

/// A symmetric positive definite approximation H of an inverse Hessian, made from pairs (s, y) with sᵀy > 0: after an
/// update the secant equation Hy = s holds.
public interface InverseHessian {
    /// Y ← H X
    ///
    /// @param y overwritten, not the same matrix as x
    void apply(Matrix x, Matrix y, Workspace ws);

    /// H ← (I − ρsyᵀ) H (I − ρysᵀ) + ρssᵀ, ρ = 1/sᵀy.
    ///
    /// @return whether the pair was used: a pair without finite sᵀy > 0 leaves H unchanged
    boolean update(Vector s, Vector y, Workspace ws);

    /// Hv as a vector.
    ///
    /// @param product overwritten, not sharing elements with v
    default void apply(Vector v, Vector product, Workspace ws) {
        apply(v.asMatrix(v.size(), 1), product.asMatrix(v.size(), 1), ws);
    }

    /// Stores the approximation under names with the prefix, or reads it back.
    void serialize(String prefix, Archive archive);
}
