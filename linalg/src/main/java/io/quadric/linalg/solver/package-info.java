/// Solvers for Ax = b with a self-adjoint A, and the reports they end with.
///
/// Numerical trouble is never an exception here: it is an [Outcome] with advice.
package io.quadric.linalg.solver;
