package io.quadric.optim.tensor;

import io.quadric.optim.step.Momentum;

/// What [Tnt] and [Shampoo] have in common.
///
/// @param momentum μ and how it enters
/// @param statistics averages and their periods
/// @param epsilon ε
/// @param tensors as which tensors the arrays are seen
record TensorSettings(Momentum momentum, TensorStatistics statistics, double epsilon, TensorView tensors) {}
