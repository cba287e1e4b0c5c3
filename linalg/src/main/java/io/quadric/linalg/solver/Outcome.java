package io.quadric.linalg.solver;

/// How an iteration ended.
public sealed interface Outcome {
    /// {@return what this means and what to do, in one sentence}
    String advice();

    /// ‖Bx − b‖ fell to the tolerance.
    ///
    /// @param residualNorm ‖Bx − b‖
    record Converged(double residualNorm) implements Outcome {
        @Override
        public String advice() {
            return "the residual norm " + residualNorm + " is within the tolerance";
        }
    }

    /// ‖Bx − b‖ is above the tolerance, but within a few roundings of b, or of the first residual if that was larger:
    /// the precision of the elements has no room for a better solution.
    ///
    /// @param residualNorm ‖Bx − b‖
    record WorkingPrecision(double residualNorm) implements Outcome {
        @Override
        public String advice() {
            return "the residual norm " + residualNorm + " is a rounding error of the right side; this is the solution"
                    + " in this precision";
        }
    }

    /// The model decreased too little over the last iterates.
    ///
    /// @param relativeProgress (M(xⱼ) − M(xⱼ₋ₖ)) / M(xⱼ)
    record ProgressEnded(double relativeProgress) implements Outcome {
        @Override
        public String advice() {
            return "the model improved by the fraction " + relativeProgress + " only; further iterations buy little";
        }
    }

    /// The limit of iterations was reached.
    ///
    /// @param iterations the limit
    record IterationLimit(int iterations) implements Outcome {
        @Override
        public String advice() {
            return iterations + " iterations were not enough to converge; allow more, precondition, or damp more";
        }
    }

    /// The solution lies on the boundary of the trust region.
    ///
    /// @param radius the radius of the region
    record Boundary(double radius) implements Outcome {
        @Override
        public String advice() {
            return "the solution was cut at the trust region's radius " + radius;
        }
    }

    /// A direction p with pᵀBp ≤ 0 was met. Without a trust region, the iterate before it is the result.
    ///
    /// @param curvature pᵀBp
    record NegativeCurvature(double curvature) implements Outcome {
        @Override
        public String advice() {
            return "B is not positive definite (pᵀBp = " + curvature + "); damp more or use the Gauss-Newton matrix";
        }
    }

    /// A product or an inner product was not finite; the iterate before it is the result.
    ///
    /// @param iteration the iteration in which this happened
    record NotFinite(int iteration) implements Outcome {
        @Override
        public String advice() {
            return "a figure of iteration " + iteration + " is not finite; damp more or use FLOAT64";
        }
    }

    /// The listener asked to stop.
    ///
    /// @param iteration the last iteration
    record Stopped(int iteration) implements Outcome {
        @Override
        public String advice() {
            return "ended by the listener at iteration " + iteration;
        }
    }
}
