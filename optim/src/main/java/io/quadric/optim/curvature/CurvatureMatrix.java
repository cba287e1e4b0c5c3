package io.quadric.optim.curvature;

import io.quadric.linalg.Workspace;
import io.quadric.nn.CurvatureOperator;
import io.quadric.nn.Objective;

/// Which curvature matrix B of the objective a method uses.
public enum CurvatureMatrix {
    /// The generalised Gauss-Newton matrix, positive semidefinite for convex losses.
    GAUSS_NEWTON,
    /// The Hessian, which may be indefinite.
    HESSIAN;

    /// {@return B, as products with it}
    ///
    /// @param at the model, on the curvature batch
    /// @param frame the topmost open frame; holds what the operator needs as long as it is used
    public CurvatureOperator of(Objective at, Workspace.Frame frame) {
        return this == HESSIAN ? at.hessian(frame) : at.gaussNewton();
    }
}
