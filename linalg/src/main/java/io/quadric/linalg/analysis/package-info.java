/// What a matrix is like, mostly from products alone: its trace, the ends and the density of its spectrum, its norm.
///
/// None of this takes part in training. It tells how well conditioned a curvature matrix is, whether a change of it is
/// worth the cost, or what damping it needs.
///
/// ```java
/// try (Workspace ws = Workspace.serial()) {
///     SelfAdjointOperator b = new Diagonal(Vector.of(1.0, 2.0, 4.0, 8.0));
///     RitzValues ends = new Lanczos(4).run(b, new Random(1), ws);
///     System.out.println(ends.largest() + " " + ends.condition());          // 8 and 8, up to rounding
///     SpectralDensity density = SpectralDensity.estimate(b, new Lanczos(4), 10, new Random(1), ws);
///     System.out.println(density.mean(Math::log));                          // about log det B / 4
///     System.out.println(TraceEstimate.hutchinson(b, 10, new Random(1), ws).trace());    // 15
/// }
/// ```
///
/// [io.quadric.linalg.analysis.Lanczos] needs only a [io.quadric.linalg.operator.SelfAdjointOperator], and so do
/// [io.quadric.linalg.analysis.SpectralDensity] and [io.quadric.linalg.analysis.TraceEstimate], which are random
/// estimates; [io.quadric.linalg.analysis.FactorNorm] takes a matrix that is stored.
package io.quadric.linalg.analysis;
