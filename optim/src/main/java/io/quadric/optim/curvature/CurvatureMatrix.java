package io.quadric.optim.curvature;

/// Which curvature matrix B of the objective a method uses.
public enum CurvatureMatrix {
    /// The generalised Gauss-Newton matrix, positive semidefinite for convex losses.
    GAUSS_NEWTON,
    /// The Hessian, which may be indefinite.
    HESSIAN
}
