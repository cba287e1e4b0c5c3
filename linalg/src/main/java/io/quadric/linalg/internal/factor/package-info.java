/// Factorisations that are made of matrix products. [io.quadric.linalg.internal.factor.TriangularFactor] (Cholesky) and
/// [io.quadric.linalg.internal.factor.PivotedFactor] (LU) halve the matrix until a block is small enough for plain
/// loops, and [io.quadric.linalg.internal.factor.TriangularSolve] halves a triangle in the same way.
/// [io.quadric.linalg.internal.factor.HouseholderFactor] (QR) reflects column by column and applies panels of
/// reflections by products; [io.quadric.linalg.internal.factor.Reflections], which does that, also serves the
/// eigenvalue problems.
///
/// Start with `TriangularFactor.factor`, ten lines of recursion.
package io.quadric.linalg.internal.factor;
