package io.quadric.linalg.solver;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.solver.Outcome.Converged;
import io.quadric.linalg.solver.Outcome.IterationLimit;
import io.quadric.linalg.solver.Outcome.NegativeCurvature;
import io.quadric.linalg.solver.Outcome.NotFinite;
import io.quadric.linalg.solver.Outcome.ProgressEnded;
import io.quadric.linalg.solver.Outcome.Stopped;
import io.quadric.linalg.solver.Outcome.WorkingPrecision;

/// Preconditioned conjugate gradients with the stopping rule of Martens & Sutskever (2012, §4 and Algorithm 2).
///
/// With r = Bx − b the model is M(x) = ½xᵀBx − bᵀx = ½(r − b)ᵀx. After iterate j, the iteration ends if, in this order,
/// - j is `maxIterations`;
/// - j > k, M(xⱼ) < 0 and (M(xⱼ) − M(xⱼ₋ₖ)) / M(xⱼ) < `progress`, with k = max(10, ⌊j/10⌋);
/// - ‖r‖₂ ≤ `tolerance`, which is also tested at the starting point;
/// - the listener asks for it.
///
/// A direction with pᵀBp ≤ 0 ends the iteration before the step along it. At the limit, and where there is no direction
/// left, a residual that is no more than a rounding error of b is a solution too: [Outcome.WorkingPrecision].
///
/// @param maxIterations the largest number of iterations, at least 0
/// @param tolerance the bound on the norm of the residual, not preconditioned; 0 asks for an exact solution
/// @param progress ε; 0 switches this test off; the paper has 1e-4, Martens (2010) 5e-4
public record ConjugateGradient(int maxIterations, double tolerance, double progress) {
    private static final int SHORTEST_WINDOW = 10;
    /// The longest window over which progress is measured, that of iterate 100,000.
    private static final int MOST_MODELS = 10_000;

    /// Checks the limits.
    ///
    /// @throws IllegalArgumentException if one is negative or NaN
    public ConjugateGradient {
        if (maxIterations < 0 || !(tolerance >= 0) || !(progress >= 0)) {
            throw new IllegalArgumentException("limits must not be negative: maxIterations " + maxIterations
                    + ", tolerance " + tolerance + ", progress " + progress);
        }
    }

    /// Solves Bx = b, starting from the contents of x.
    ///
    /// @param system B, b and P
    /// @param x on entry the starting point, on return the last iterate; overwritten, not sharing
    ///     elements with the system
    /// @param listener sees every iterate
    /// @param ws threads and scratch
    /// @return how it ended, after how many iterations
    public SolveReport solve(LinearSystem system, Vector x, IterateListener listener, Workspace ws) {
        try (var frame = ws.open()) {
            CgState start = new CgState(system, x, frame);
            start.begin();
            boolean extreme = UnitScale.isNeeded(start);
            if (!extreme) {
                Iteration iteration = new Iteration(start, frame);
                SolveReport report = iteration.run(listener, true);
                extreme = iteration.extreme;
                if (!extreme) {
                    return report;
                }
            }
            return solve(UnitScale.of(system, start.residual, frame), x, listener, frame);
        }
    }

    private SolveReport solve(UnitScale unit, Vector x, IterateListener listener, Workspace.Frame frame) {
        unit.shrink(x);
        CgState start = new CgState(unit.system(), x, frame);
        start.begin();
        ConjugateGradient limits = new ConjugateGradient(maxIterations, unit.shrink(tolerance), progress);
        SolveReport report = limits.new Iteration(start, frame).run(unit.grown(listener, x, frame), false);
        unit.grow(x);
        return unit.grow(report);
    }

    /// Solves Bx = b, starting from the contents of x.
    ///
    /// @param system B, b and P
    /// @param x on entry the starting point, on return the last iterate; overwritten, not sharing
    ///     elements with the system
    /// @param ws threads and scratch
    /// @return how it ended, after how many iterations
    public SolveReport solve(LinearSystem system, Vector x, Workspace ws) {
        return solve(system, x, IterateListener.NONE, ws);
    }

    /// One solve.
    private final class Iteration {
        private final CgState descent;
        /// M at the last iterates, that of iterate j at place j modulo its size.
        private final Vector models;
        private double residualNorm;
        private boolean extreme;

        Iteration(CgState start, Workspace.Frame frame) {
            descent = start;
            models = frame.vector(Precision.FLOAT64, Math.min(maxIterations, MOST_MODELS) + 1);
        }

        /// @param mayScale whether to end with `extreme` before the first step if the figures need other units
        SolveReport run(IterateListener listener, boolean mayScale) {
            models.set(0, descent.model());
            residualNorm = descent.residualNorm();
            if (!Double.isFinite(residualNorm) || !Double.isFinite(descent.energy())) {
                return report(new NotFinite(0), 0);
            }
            if (residualNorm <= tolerance) {
                return report(new Converged(residualNorm), 0);
            }
            for (int j = 1; j <= maxIterations; j++) {
                double curvature = descent.curvature();
                extreme = mayScale && j == 1 && UnitScale.isNeeded(descent, curvature);
                if (extreme) {
                    return report(new NotFinite(j), 0);
                }
                if (curvature <= 0) {
                    return report(
                            descent.isRounding()
                                    ? new WorkingPrecision(residualNorm)
                                    : new NegativeCurvature(curvature),
                            j - 1);
                }
                double energy = descent.energy();
                double step = energy / curvature;
                if (!Double.isFinite(step) || !Double.isFinite(curvature)) {
                    return report(descent.isRounding() ? new WorkingPrecision(residualNorm) : new NotFinite(j), j - 1);
                }
                descent.advance(step);
                double model = descent.model();
                models.set(j % models.size(), model);
                residualNorm = descent.residualNorm();
                if (!Double.isFinite(model)) {
                    descent.x.axpy(-step, descent.direction);
                    return report(new NotFinite(j), j - 1);
                }
                Outcome outcome = test(j, listener);
                if (outcome != null) {
                    return report(outcome, j);
                }
                descent.turn(energy);
            }
            return report(ending(), maxIterations);
        }

        private Outcome ending() {
            return residualNorm <= tolerance
                    ? new Converged(residualNorm)
                    : descent.isRounding() ? new WorkingPrecision(residualNorm) : new IterationLimit(maxIterations);
        }

        private Outcome test(int j, IterateListener listener) {
            boolean stop = listener.iterate(j, descent.x, model(j));
            if (j == maxIterations) {
                return ending();
            }
            int window = Math.min(MOST_MODELS, Math.max(SHORTEST_WINDOW, j / 10));
            if (progress > 0 && j > window && model(j) < 0) {
                double gain = (model(j) - model(j - window)) / model(j);
                if (gain < progress) {
                    return new ProgressEnded(gain);
                }
            }
            if (residualNorm <= tolerance) {
                return new Converged(residualNorm);
            }
            return stop ? new Stopped(j) : null;
        }

        private SolveReport report(Outcome outcome, int iterations) {
            return new SolveReport(outcome, iterations, residualNorm, model(iterations));
        }

        private double model(int j) {
            return models.get(j % models.size());
        }
    }
}
