/// The step rule: how a gradient and a curvature become a move of the parameters.
///
/// [io.quadric.optim.step.JudgedRun] is the run of every method. It computes the gradient, asks a
/// [io.quadric.optim.step.Proposer] for a [io.quadric.optim.step.Proposal] δ, lets it be judged, and reports; start
/// reading there. Methods that solve a model of the objective are proposers themselves, and compare the objective with
/// their model by a [io.quadric.optim.step.RatioRule]. Methods that move straight along a direction need only be a
/// [io.quadric.optim.step.Direction]: [io.quadric.optim.step.DirectStep] turns them into runs, with learning rates and
/// their schedules, weight decay and gradient clipping.
///
/// [io.quadric.optim.step.Averaged] and [io.quadric.optim.step.PenaltyCutoff] are put around any other method.
package io.quadric.optim.step;
