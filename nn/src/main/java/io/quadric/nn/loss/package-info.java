/// Losses: what is minimised, as a function of outputs and targets.
///
/// A [io.quadric.nn.loss.Loss] is a description; at given outputs and targets it is a
/// [io.quadric.nn.loss.LossPoint] with value, gradient, products with the Hessian, and the columns of a square root of
/// the Hessian. A loss is the negative logarithm of a distribution, from which it draws targets for the Fisher matrix:
///
/// ```java
/// LossPoint at = new SoftmaxCrossEntropy().at(z, t, frame);    // one row per case or time step
/// double sum = at.value(ws);
/// at.gradient(dz, ws);
/// at.hessianProduct(u, hu, ws);
/// ```
///
/// Every row has a loss of its own. Losses know no means, weights or padding: the linearization forms the mean over the
/// cases, and shows them existing time steps only. A loss that is not convex can be made so for the Gauss-Newton matrix
/// ([io.quadric.nn.loss.ConvexifiedLoss]).
///
/// This package uses `nn.layer` for shapes. Start reading with [io.quadric.nn.loss.SquaredError]. A loss of your own
/// implements the same two interfaces.
package io.quadric.nn.loss;
