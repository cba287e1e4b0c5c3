package io.quadric.linalg.solver;

/// What a solver did.
///
/// @param outcome how it ended
/// @param iterations products with the operator, without the one for the starting point
/// @param residualNorm ‖Bx − b‖ at the solution returned
/// @param model M(x) = ½xᵀBx − bᵀx at the solution returned
public record SolveReport(Outcome outcome, int iterations, double residualNorm, double model) {}
