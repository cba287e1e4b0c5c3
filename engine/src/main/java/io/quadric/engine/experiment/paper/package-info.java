/// The experiments of the papers: which methods with which settings, on which data and models, and what is ours where a
/// paper is silent. [io.quadric.engine.experiment.paper.Experiments] lists them.
package io.quadric.engine.experiment.paper;
