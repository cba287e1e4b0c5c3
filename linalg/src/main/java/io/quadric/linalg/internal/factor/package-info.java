/// Factorisations that are made of matrix products: [io.quadric.linalg.internal.factor.TriangularFactor] (Cholesky) and
/// [io.quadric.linalg.internal.factor.PivotedFactor] (LU) halve the matrix until a block is small enough for plain
/// loops, and [io.quadric.linalg.internal.factor.TriangularSolve] halves a triangle in the same way.
///
/// Start with `TriangularFactor.factor`, ten lines of recursion.
package io.quadric.linalg.internal.factor;
