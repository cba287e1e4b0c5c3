package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;

/// A loss at fixed outputs and targets. Rows are independent: Hᵢ = ∂²L/∂zᵢ² is the Hessian of row i.
public interface LossPoint {
    /// The sum of L over the rows, in double.
    double value(Workspace ws);

    /// dz ← ∂L/∂z, row by row, not divided by anything.
    ///
    /// @param dz overwritten
    void gradient(Matrix dz, Workspace ws);

    /// hu ← H u, row by row.
    ///
    /// @param hu overwritten, not the same matrix as u
    void hessianProduct(Matrix u, Matrix hu, Workspace ws);

    /// The number of columns of the square root S with Hᵢ = Sᵢ Sᵢᵀ.
    int rootColumns();

    /// s ← column `column` of S, row by row.
    ///
    /// @param s overwritten
    void hessianRoot(int column, Matrix s, Workspace ws);
}
