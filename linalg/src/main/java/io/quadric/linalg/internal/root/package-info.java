/// Inverse p-th roots of a positive definite matrix, three ways, in the order in which
/// [io.quadric.linalg.InverseRoot] tries them: from a factor with few columns
/// ([io.quadric.linalg.internal.root.LowRankRoot]), by a few polynomials of high degree
/// ([io.quadric.linalg.internal.root.CoupledPolynomials]), and by Newton's iteration
/// ([io.quadric.linalg.internal.root.CoupledNewton]), which is the one to read first.
///
/// [io.quadric.linalg.internal.root.RootPolynomial] finds the polynomials and
/// [io.quadric.linalg.internal.root.ChebyshevSeries] evaluates them at a matrix;
/// [io.quadric.linalg.internal.root.NewtonInterval] keeps the bounds of the eigenvalues between Newton steps.
package io.quadric.linalg.internal.root;
