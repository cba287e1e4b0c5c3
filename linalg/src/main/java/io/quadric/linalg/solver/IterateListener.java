package io.quadric.linalg.solver;

import io.quadric.linalg.Vector;

/// Sees every iterate of a solver.
@FunctionalInterface
public interface IterateListener {
    /// Does nothing.
    IterateListener NONE = (iteration, x, model) -> false;

    /// Looks at an iterate, which is not kept by the solver after the call.
    ///
    /// @param iteration 1, 2, …
    /// @param x the iterate, to be read only
    /// @param model M(x)
    /// @return whether the solver should end here
    boolean iterate(int iteration, Vector x, double model);
}
