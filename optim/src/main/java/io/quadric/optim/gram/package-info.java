/// Subsampled Gauss-Newton and natural-gradient methods that invert the curvature by the Sherman–Morrison–Woodbury
/// formula: the system they solve is as large as the curvature batch, not as the network (Ren 2022, chapter 5).
/// [io.quadric.optim.gram.Smw] is the configuration and states the method; its matrix JJᵀ is collected during backward
/// passes, without J being formed.
package io.quadric.optim.gram;
