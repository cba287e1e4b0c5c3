package io.quadric.linalg.solver;

/// The report of a solver.
///
/// @param outcome how it ended
/// @param iterations the number of products with the operator, not counting the one for the starting point
/// @param residualNorm ‖Bx − b‖ at the solution
/// @param model M(x) = ½xᵀBx − bᵀx at the solution
public record SolveReport(Outcome outcome, int iterations, double residualNorm, double model) {}
