/// The symmetric eigenvalue problem, in the three steps that [io.quadric.linalg.internal.eigen.SpectralDecomposition]
/// calls one after the other: to tridiagonal form by Householder reflections
/// ([io.quadric.linalg.internal.eigen.Tridiagonalisation]), to its eigenvalues by plane rotations
/// ([io.quadric.linalg.internal.eigen.ImplicitQl]), and the rotations applied to the eigenvectors, many at a time
/// ([io.quadric.linalg.internal.eigen.RotationBuffer]).
package io.quadric.linalg.internal.eigen;
