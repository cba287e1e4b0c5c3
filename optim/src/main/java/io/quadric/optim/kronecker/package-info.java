/// Methods that approximate the curvature of each weight by a Kronecker product A ⊗ G, which is inverted factor by
/// factor.
///
/// [io.quadric.optim.kronecker.Kfac] averages the factors and moves along a direction; start there.
/// [io.quadric.optim.kronecker.Quadric] has steps that find their own length, momentum and damping.
/// [io.quadric.optim.kronecker.Ekfac] works in the eigenbases of the factors. KFLR and KFRA are
/// [io.quadric.optim.kronecker.KroneckerGaussNewton] with two sources of G: the length of their step comes from the
/// full Gauss-Newton matrix (Botev et al. 2017). [io.quadric.optim.kronecker.KBfgs] approximates the inverses of A and
/// G by quasi-Newton updates (Ren 2022, chapters 2 and 3).
package io.quadric.optim.kronecker;
