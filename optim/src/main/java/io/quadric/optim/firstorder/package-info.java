/// First-order methods, for comparison with the others: [io.quadric.optim.firstorder.Sgd] with momentum,
/// [io.quadric.optim.firstorder.RmsProp] and [io.quadric.optim.firstorder.Adam]. Each is a record with a
/// [io.quadric.optim.step.Direction] inside; `Sgd` is the shortest example of an optimizer.
package io.quadric.optim.firstorder;
