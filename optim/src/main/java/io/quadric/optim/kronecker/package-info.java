/// Methods with a Kronecker product A ⊗ G for each weight: KFAC and EKFAC, KFLR and KFRA (Botev et al. 2017), K-BFGS
/// (Ren 2022, chapters 2 and 3).
package io.quadric.optim.kronecker;
