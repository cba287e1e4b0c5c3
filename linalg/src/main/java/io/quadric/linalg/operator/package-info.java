/// Matrices that are known by their products: a small algebra of linear operators.
///
/// Every record here is one matrix, with its definition in its documentation. An operator that equals its transpose
/// is a [SelfAdjointOperator]; that type is what conjugate gradients ask for.
package io.quadric.linalg.operator;
