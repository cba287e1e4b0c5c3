package io.quadric.linalg.solver;

import io.quadric.linalg.Vector;

/// Sees every iterate of a solver.
@FunctionalInterface
public interface IterateListener {
    /// Does nothing.
    IterateListener NONE = (iteration, x, model) -> false;

    /// Is called with each iterate, whose memory the solver reuses after the call.
    ///
    /// @param iteration 1, 2, …
    /// @param x the iterate, not to be written to
    /// @param model M(x)
    /// @return whether the solver should stop here
    boolean iterate(int iteration, Vector x, double model);
}
