/// Training methods: each a composition of curvature, solver and step rule.
///
/// An [io.quadric.optim.Optimizer] is a record of hyper-parameters; [io.quadric.optim.recipe.Optimizers] names the
/// published ones. Starting it opens an [io.quadric.optim.Run], which owns the state and has one verb:
///
/// ```java
/// Run run = Optimizers.hessianFree().start(new Start(model, parameters, warmUp, seed, ws));
/// StepReport report = run.step(new StepData(batch));
/// ```
///
/// A step that fails numerically leaves the parameters as they were; its report says why.
package io.quadric.optim;
