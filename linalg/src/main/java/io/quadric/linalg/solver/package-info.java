/// Solvers of Ax = b with a self-adjoint A, and the reports they return.
///
/// - [io.quadric.linalg.solver.ConjugateGradient] and, within a trust region,
///   [io.quadric.linalg.solver.SteihaugToint] need no more of A than products. They take a
///   [io.quadric.linalg.solver.LinearSystem] and return a [io.quadric.linalg.solver.SolveReport].
/// - [io.quadric.linalg.solver.KroneckerInverse] and [io.quadric.linalg.solver.KroneckerEigen] invert a damped
///   Kronecker product, approximately or exactly: `prepare` is the expensive part, `solve` is cheap.
///
/// Numerical trouble is never an exception here: it is an [io.quadric.linalg.solver.Outcome] with advice. The package
/// comment of `io.quadric.linalg` has an example.
package io.quadric.linalg.solver;
