/// What experiments measure other than the losses of runs: an [io.quadric.engine.experiment.Measurement] each, with the
/// files it writes.
package io.quadric.engine.experiment.measure;
