/// Dense linear algebra for training: vectors and matrices of either precision, products, factorisations, linear
/// operators and the solvers that need no more of an operator than its product with a vector.
package io.quadric.linalg;
