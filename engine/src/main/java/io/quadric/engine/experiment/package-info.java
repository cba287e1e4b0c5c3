/// Published experiments, sweeps and searches: what is compared with what, on which data, and the machinery that runs
/// it and continues after an interruption.
///
/// [io.quadric.engine.experiment.paper.Experiments] lists the experiments. An [io.quadric.engine.experiment.Experiment]
/// is a list of entries; a [io.quadric.engine.experiment.Campaign] runs what its folder does not have yet, and a
/// [io.quadric.engine.experiment.Report] makes table, curves and pictures of what is there.
/// [io.quadric.engine.experiment.Halving] searches rate and damping of a method.
package io.quadric.engine.experiment;
