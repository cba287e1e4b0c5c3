package io.quadric.nn.loss;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// A loss at fixed outputs and targets. Rows are independent: Hᵢ = ∂²L/∂zᵢ² is the Hessian of row i.
public interface LossPoint {
    /// {@return the sum of L over the rows, in double}
    ///
    /// @param ws threads and scratch
    double value(Workspace ws);

    /// out ← L of every row.
    ///
    /// @param out overwritten; FLOAT64, one element per row
    /// @param ws threads and scratch
    void values(Vector out, Workspace ws);

    /// dz ← ∂L/∂z, row by row, not divided by anything.
    ///
    /// @param dz overwritten
    /// @param ws threads and scratch
    void gradient(Matrix dz, Workspace ws);

    /// hu ← H u, row by row.
    ///
    /// @param u of the shape of the outputs
    /// @param hu overwritten, not the same matrix as u
    /// @param ws threads and scratch
    void hessianProduct(Matrix u, Matrix hu, Workspace ws);

    /// hu ← B u, row by row, with the curvature B that takes the place of H in the Gauss-Newton matrix: H itself,
    /// unless H may be indefinite and the loss replaces it, as [ConvexifiedLoss] does.
    ///
    /// @param u of the shape of the outputs
    /// @param hu overwritten, not the same matrix as u
    /// @param ws threads and scratch
    default void curvatureProduct(Matrix u, Matrix hu, Workspace ws) {
        hessianProduct(u, hu, ws);
    }

    /// {@return whether B is diagonal in every row, with a root S that is diagonal too}: the sum of the columns of B,
    /// one product, then tells all of it.
    default boolean isDiagonal() {
        return false;
    }

    /// {@return the number of columns of the square root S with Bᵢ = Sᵢ Sᵢᵀ}
    ///
    /// @throws UnsupportedOperationException if the loss is not convex, so that there is no such S
    int rootColumns();

    /// s ← column `column` of S, row by row.
    ///
    /// @param column which column, from 0
    /// @param s overwritten
    /// @param ws threads and scratch
    void hessianRoot(int column, Matrix s, Workspace ws);
}
