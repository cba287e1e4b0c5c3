/// Training: a [io.quadric.engine.train.Problem], a [io.quadric.engine.train.TrainingPlan] that says which cases each
/// step sees, and a [io.quadric.engine.train.Trainer] that takes the steps and tells its listeners.
///
/// Start with [io.quadric.engine.train.Trainer]; how large batches are and how they grow is in
/// [io.quadric.engine.train.BatchSizes].
package io.quadric.engine.train;
