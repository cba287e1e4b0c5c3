/// Matrices known by their products: a small algebra of linear operators.
///
/// Each record is one matrix, and its documentation begins with the definition. A
/// [io.quadric.linalg.operator.LinearOperator] has a product with a vector; one that equals its transpose is a
/// [io.quadric.linalg.operator.SelfAdjointOperator], which is what conjugate gradients ask for. Operators combine:
///
/// ```java
/// SelfAdjointOperator a = new Dense(Matrix.of(2, 2, 4.0, 1.0, 1.0, 3.0));
/// SelfAdjointOperator b = new Sum(a, new Diagonal(Vector.of(1.0, 2.0))).damped(0.5);    // A + D + 0.5 I
/// System.out.println(b.toDense(Workspace.serial()).trace());                            // 11
/// ```
///
/// An operator of one's own implements `size`, `precision` and `apply`; the matrix of a neural network's curvature is
/// one. Start with [io.quadric.linalg.operator.Diagonal] as an example and
/// [io.quadric.linalg.operator.Kronecker] for the convention by which a matrix is a vector.
package io.quadric.linalg.operator;
