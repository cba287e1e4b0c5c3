/// The curvature of the objective, as methods see it: products with a [io.quadric.optim.curvature.CurvatureMatrix], or
/// statistics that are averaged from step to step.
///
/// [io.quadric.optim.curvature.KroneckerFactors] holds A, the second moments of a layer's inputs, and G, those of the
/// gradients of its outputs; their product A ⊗ G approximates the layer's block of the curvature (Botev et al. 2017,
/// §3; Ren 2022, Algorithm 12). It observes a linearization: the backward passes of a
/// [io.quadric.optim.curvature.FactorSource] report to a sink, which adds to a
/// [io.quadric.optim.curvature.FactorAverage]. Start with `KroneckerFactors.observe`.
package io.quadric.optim.curvature;
