package io.quadric.linalg.solver;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.solver.Outcome.Boundary;
import io.quadric.linalg.solver.Outcome.Converged;
import io.quadric.linalg.solver.Outcome.IterationLimit;
import io.quadric.linalg.solver.Outcome.NegativeCurvature;
import io.quadric.linalg.solver.Outcome.NotFinite;
import io.quadric.linalg.solver.Outcome.WorkingPrecision;

/// Approximate minimiser of M(x) = ½xᵀBx − bᵀx over ‖x‖_P ≤ radius by truncated conjugate gradients (Steihaug 1983;
/// Martens & Sutskever 2012, §8.6); B may be indefinite. The region is a ball if P = I, otherwise an ellipsoid.
///
/// From x = 0 the norms ‖x‖_P grow from iterate to iterate. The iteration ends at the first iterate that would lie
/// outside, with the step cut at the boundary; or at a direction with pᵀBp ≤ 0, which is followed to the boundary; or
/// by residual and limit as in [ConjugateGradient]. If B is positive definite, M is reduced by at least half as much as
/// by the exact solution (Yuan 2000, Theorem 2).
///
/// P itself is not needed: p = −P⁻¹r + βp_old, so Pp = −r + βPp_old, from which ‖p‖²_P and ⟨x, p⟩_P are computed. The
/// recurrences of Conn, Gould & Toint (2000, §7.5.1) would save this vector, but they hold only as long as the
/// directions are conjugate to working precision; after that, the solution would leave the region.
///
/// @param maxIterations the largest number of iterations, at least 0
/// @param tolerance the bound on the norm of the residual, not preconditioned
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
    /// @param radius the radius of the region in the norm of P
    /// @param x overwritten by the solution, not sharing elements with the system; it is not a starting point
    /// @param ws threads and scratch
    /// @return how it ended; [Boundary] or [NegativeCurvature] mean a solution on the boundary
    /// @throws IllegalArgumentException if the radius is not positive
    public SolveReport solve(LinearSystem system, double radius, Vector x, Workspace ws) {
        if (!(radius > 0)) {
            throw new IllegalArgumentException("radius is " + radius + ", expected a number above 0");
        }
        try (var frame = ws.open()) {
            CgState start = new CgState(system, x, frame);
            start.beginAtZero();
            boolean extreme = UnitScale.isNeeded(start);
            if (!extreme) {
                Iteration iteration = new Iteration(start, radius, frame);
                SolveReport report = iteration.run(true);
                extreme = iteration.extreme;
                if (!extreme) {
                    return report;
                }
            }
            return solve(UnitScale.of(system, start.residual, frame), radius, x, frame);
        }
    }

    private SolveReport solve(UnitScale unit, double radius, Vector x, Workspace.Frame frame) {
        CgState start = new CgState(unit.system(), x, frame);
        start.beginAtZero();
        SteihaugToint limits = new SteihaugToint(maxIterations, unit.shrink(tolerance));
        SolveReport report = limits.new Iteration(start, unit.shrinkRadius(radius), frame).run(false);
        unit.grow(x);
        SolveReport grown = unit.grow(report);
        return grown.outcome() instanceof Boundary
                ? new SolveReport(new Boundary(radius), grown.iterations(), grown.residualNorm(), grown.model())
                : grown;
    }

    /// One solve.
    private final class Iteration {
        private final CgState descent;
        private final double radius;
        /// A power of two; 1 unless the square of the radius leaves the range of numbers.
        private final double unit;
        /// Pp
        private final Vector image;
        /// ‖x‖²_P, ⟨x, p⟩_P and ‖p‖²_P, with x in that unit
        private boolean extreme;
        private double xx;
        private double xp;
        private double pp;

        Iteration(CgState start, double radius, Workspace.Frame frame) {
            this.descent = start;
            this.radius = radius;
            boolean squares = radius > 0x1p-300 && radius < 0x1p300;
            this.unit = squares ? 1 : Math.scalb(1.0, Math.clamp(Math.getExponent(radius), -1000, 1000));
            this.image = frame.vector(start.x.precision(), start.x.size());
        }

        /// @param mayScale whether to end with `extreme` before the first step if the figures need other units
        SolveReport run(boolean mayScale) {
            image.axpby(-1, descent.residual, 0);
            pp = image.dot(descent.direction);
            if (!Double.isFinite(pp) || radius < Double.MIN_NORMAL) {
                return report(new NotFinite(0), 0);
            }
            for (int j = 1; j <= maxIterations && descent.residualNorm() > tolerance; j++) {
                double curvature = descent.curvature();
                extreme = mayScale && j == 1 && UnitScale.isNeeded(descent, curvature);
                if (extreme) {
                    return report(new NotFinite(j), 0);
                }
                double step = descent.energy() / curvature;
                boolean finite = Double.isFinite(curvature) && !Double.isNaN(step);
                if ((!finite || curvature <= 0) && descent.isRounding()) {
                    return report(new WorkingPrecision(descent.residualNorm()), j - 1);
                }
                if (!finite) {
                    return report(new NotFinite(j), j - 1);
                }
                if (curvature <= 0) {
                    descent.advance(toBoundary());
                    return report(new NegativeCurvature(curvature), j);
                }
                if (grown(step) >= radius / unit * (radius / unit)) {
                    descent.advance(toBoundary());
                    return report(new Boundary(radius), j);
                }
                move(step);
                if (descent.residualNorm() <= tolerance) {
                    return report(new Converged(descent.residualNorm()), j);
                }
            }
            return report(ending(), descent.residualNorm() <= tolerance ? 0 : maxIterations);
        }

        private Outcome ending() {
            double norm = descent.residualNorm();
            return norm <= tolerance
                    ? new Converged(norm)
                    : descent.isRounding() ? new WorkingPrecision(norm) : new IterationLimit(maxIterations);
        }

        /// The τ > 0 with ‖x + τp‖_P = radius, in the form without cancellation.
        private double toBoundary() {
            double room = radius / unit * (radius / unit) - xx;
            return room / (xp + Math.sqrt(xp * xp + pp * room)) * unit;
        }

        /// ‖x + step · p‖²_P
        private double grown(double step) {
            double length = step / unit;
            return xx + length * (2 * xp + length * pp);
        }

        private void move(double step) {
            double energy = descent.energy();
            descent.advance(step);
            double quotient = descent.turn(energy);
            xx = grown(step);
            image.axpby(-1, descent.residual, quotient);
            xp = image.dot(descent.x) / unit;
            pp = image.dot(descent.direction);
        }

        private SolveReport report(Outcome outcome, int iterations) {
            return new SolveReport(outcome, iterations, descent.residualNorm(), descent.model());
        }
    }
}
