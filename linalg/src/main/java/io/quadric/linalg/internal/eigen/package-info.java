/// Eigenvalues and singular values, each in the same steps: a finite reduction by Householder reflections, and an
/// iteration that is made of plane rotations.
///
/// | | steps | reduction | iteration |
/// |---|---|---|---|
/// | symmetric | [io.quadric.linalg.internal.eigen.SpectralDecomposition] | `Tridiagonalisation` | `ImplicitQl` |
/// | singular values | [io.quadric.linalg.internal.eigen.SingularDecomposition] | `Bidiagonalisation` | `GolubKahan` |
/// | general | [io.quadric.linalg.internal.eigen.GeneralEigenvalues] | `Balancing`, `Hessenberg` | `FrancisQr` |
///
/// The rotations of the first two are collected and applied to the vectors many at a time
/// ([io.quadric.linalg.internal.eigen.RotationBuffer]). Start with `SpectralDecomposition`.
package io.quadric.linalg.internal.eigen;
