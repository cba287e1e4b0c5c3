/// Losses: what is minimised, of outputs and targets.
///
/// A [io.quadric.nn.loss.Loss] opened on outputs and targets is a [io.quadric.nn.loss.LossPoint] with value, gradient,
/// Hessian product, a square root of the Hessian, and targets drawn from the distribution that the outputs describe.
/// Start with [io.quadric.nn.loss.SquaredError].
package io.quadric.nn.loss;
