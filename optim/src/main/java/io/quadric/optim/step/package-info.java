/// What methods that move straight along a direction share: the run around a direction, rates and their schedules,
/// momentum; and what can be put around any method, such as an average of its parameters.
///
/// A method of your own that turns gradients into directions is a [io.quadric.optim.step.Direction]; a
/// [io.quadric.optim.step.JudgedRun] drives it.
package io.quadric.optim.step;
