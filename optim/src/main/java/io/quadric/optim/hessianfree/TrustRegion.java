package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Identity;
import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.SolveReport;
import io.quadric.linalg.solver.SteihaugToint;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// A bound ‖δ‖ ≤ r on the step in place of an adapted λ (Martens & Sutskever 2012, §8.6): the model is minimised by the
/// method of Steihaug and Toint, which starts at 0 and keeps no iterates for backtracking; λ remains as given.
///
/// The [LevenbergMarquardt] rule adapts r as it would adapt 1/λ: a bad step divides r by `boost`, a good one by `drop`.
///
/// @param norm the norm, or none
/// @param radius r of the first step
public record TrustRegion(
        @Tunable(key = "trustRegion", value = "trust region in place of an adapted λ") Norm norm,
        @Tunable("first radius of the trust region") double radius) {
    /// The norm of the region.
    public enum Norm {
        /// No trust region.
        NONE,
        /// ‖δ‖₂: a ball; there is no preconditioning then.
        SPHERICAL,
        /// ‖δ‖_P with the preconditioner P: an ellipsoid.
        ELLIPTIC
    }

    /// Checks the radius.
    ///
    /// @throws IllegalArgumentException if it is not positive
    public TrustRegion {
        Require.positive("radius", radius);
    }

    /// {@return no trust region}
    public static TrustRegion none() {
        return new TrustRegion(Norm.NONE, 1);
    }

    boolean isOn() {
        return norm != Norm.NONE;
    }

    /// Minimises the model within the current radius.
    ///
    /// @param x overwritten by the solution
    SolveReport solve(LinearSystem system, double current, ConjugateGradient limits, Vector x, Workspace ws) {
        LinearSystem measured = norm == Norm.ELLIPTIC
                ? system
                : new LinearSystem(system.operator(), system.rightSide(), new Identity(x.precision(), x.size()));
        return new SteihaugToint(limits.maxIterations(), limits.tolerance()).solve(measured, current, x, ws);
    }
}
