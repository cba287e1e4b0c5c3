/// Subsampled Gauss-Newton and natural-gradient methods by the Sherman-Morrison-Woodbury formula, whose linear system
/// has the size of the curvature batch (Ren 2022, chapter 5).
package io.quadric.optim.gram;
