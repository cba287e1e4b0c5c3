/// Training methods, each composed of a curvature, a solver and a step rule.
///
/// An [io.quadric.optim.Optimizer] is a record of hyper-parameters; [io.quadric.optim.recipe.Optimizers] has the
/// published ones by name. Starting it opens an [io.quadric.optim.Run], which owns the state and has one verb:
///
/// ```java
/// Run run = Optimizers.hessianFree().start(new Start(model, parameters, warmUp, seed, ws));
/// StepReport report = run.step(new StepData(batch));
/// ```
///
/// A step that fails numerically leaves the parameters as they were; its [io.quadric.optim.StepReport] says why. A run
/// can be stopped and resumed bit for bit by its [io.quadric.optim.State].
///
/// Read on in `step`, where the run of every method is written, then in a family: `firstorder`, `kronecker`, `tensor`,
/// `gram` or `hessianfree`. The statistics they share are in `curvature`. A method of your own is one file: a record
/// that implements [io.quadric.optim.Optimizer], its hyper-parameters marked [io.quadric.optim.Tunable], around a
/// [io.quadric.optim.step.Direction] or a [io.quadric.optim.step.Proposer].
package io.quadric.optim;
