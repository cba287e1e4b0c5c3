package io.quadric.linalg.solver;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.solver.Outcome.Boundary;
import io.quadric.linalg.solver.Outcome.Converged;
import io.quadric.linalg.solver.Outcome.IterationLimit;
import io.quadric.linalg.solver.Outcome.NegativeCurvature;
import io.quadric.linalg.solver.Outcome.NotFinite;

/// Approximate minimiser of M(x) = ½xᵀBx − bᵀx over ‖x‖_P ≤ radius by truncated conjugate gradients (Steihaug 1983;
/// Martens & Sutskever 2012, §8.6); B may be indefinite. The region is a ball where P = I, an ellipsoid otherwise.
///
/// From x = 0 the norms ‖x‖_P grow from iterate to iterate. The iteration ends at the first one that would lie outside,
/// cut to the boundary, or at a direction with pᵀBp ≤ 0, which is followed to the boundary, or as
/// [ConjugateGradient] does by residual and limit. Where B is positive definite, M(x) is at most half the M of the
/// exact solution (Yuan 2000, Theorem 2).
///
/// P itself is not needed: with r = Bx − b, ‖p‖²_P and ⟨x, p⟩_P follow from rᵀP⁻¹r by recurrences (Conn, Gould & Toint
/// 2000, §7.5.1).
///
/// @param maxIterations the largest number of iterations, at least 0
/// @param tolerance the bound on the (unpreconditioned) residual norm
public record SteihaugToint(int maxIterations, double tolerance) {
    /// Checks the limits.
    ///
    /// @throws IllegalArgumentException if one is negative or NaN
    public SteihaugToint {
        if (maxIterations < 0 || !(tolerance >= 0)) {
            throw new IllegalArgumentException(
                    "limits must not be negative: maxIterations " + maxIterations + ", tolerance " + tolerance);
        }
    }

    /// Minimises M within the region.
    ///
    /// @param system B, b and P
    /// @param radius of the region in the norm of P
    /// @param ws threads and scratch
    /// @return how it ended: [Boundary] or [NegativeCurvature] for a solution on the boundary
    /// @param x overwritten by the solution; it is not a starting point
    /// @throws IllegalArgumentException if the radius is not positive
    public SolveReport solve(LinearSystem system, double radius, Vector x, Workspace ws) {
        if (!(radius > 0)) {
            throw new IllegalArgumentException("radius is " + radius + ", expected a number above 0");
        }
        try (var frame = ws.open()) {
            return new Iteration(system, radius, x, frame).run();
        }
    }

    /// The vectors of one solve.
    private final class Iteration {
        private final LinearSystem system;
        private final Workspace ws;
        private final double radius;
        private final Vector x;
        private final Vector residual;
        private final Vector preconditioned;
        private final Vector direction;
        private final Vector product;
        /// ‖x‖²_P, ⟨x, p⟩_P and ‖p‖²_P
        private double xx;
        private double xp;
        private double pp;

        Iteration(LinearSystem system, double radius, Vector x, Workspace.Frame frame) {
            this.system = system;
            this.ws = frame.workspace();
            this.radius = radius;
            this.x = x;
            var precision = system.operator().precision();
            int size = system.operator().size();
            residual = frame.vector(precision, size);
            preconditioned = frame.vector(precision, size);
            direction = frame.vector(precision, size);
            product = frame.vector(precision, size);
        }

        SolveReport run() {
            x.fill(0);
            residual.axpby(-1, system.rightSide(), 0);
            system.inversePreconditioner().apply(residual, preconditioned, ws);
            direction.axpby(-1, preconditioned, 0);
            double energy = residual.dot(preconditioned);
            pp = energy;
            if (!Double.isFinite(energy)) {
                return report(new NotFinite(0), 0);
            }
            for (int j = 1; j <= maxIterations && residual.norm() > tolerance; j++) {
                system.operator().apply(direction, product, ws);
                double curvature = direction.dot(product);
                double step = energy / curvature;
                if (!Double.isFinite(curvature) || Double.isNaN(step)) {
                    return report(new NotFinite(j), j - 1);
                }
                if (curvature <= 0) {
                    move(toBoundary());
                    return report(new NegativeCurvature(curvature), j);
                }
                if (xx + step * (2 * xp + step * pp) >= radius * radius) {
                    move(toBoundary());
                    return report(new Boundary(radius), j);
                }
                move(step);
                energy = turn(energy, step);
                if (residual.norm() <= tolerance) {
                    return report(new Converged(residual.norm()), j);
                }
            }
            return report(ending(), residual.norm() <= tolerance ? 0 : maxIterations);
        }

        private Outcome ending() {
            double norm = residual.norm();
            return norm <= tolerance ? new Converged(norm) : new IterationLimit(maxIterations);
        }

        /// The τ > 0 with ‖x + τp‖_P = radius, in the form without cancellation.
        private double toBoundary() {
            double room = radius * radius - xx;
            return room / (xp + Math.sqrt(xp * xp + pp * room));
        }

        private void move(double step) {
            x.axpy(step, direction);
            residual.axpy(step, product);
        }

        private double turn(double energy, double step) {
            system.inversePreconditioner().apply(residual, preconditioned, ws);
            double next = residual.dot(preconditioned);
            double beta = next / energy;
            direction.axpby(-1, preconditioned, beta);
            xx += step * (2 * xp + step * pp);
            xp = beta * (xp + step * pp);
            pp = next + beta * beta * pp;
            return next;
        }

        private SolveReport report(Outcome outcome, int iterations) {
            double model = 0.5 * (residual.dot(x) - system.rightSide().dot(x));
            return new SolveReport(outcome, iterations, residual.norm(), model);
        }
    }
}
