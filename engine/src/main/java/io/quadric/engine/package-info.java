/// From data to a trained model: loading, preparation, training, reports, prediction, and the command line.
///
/// This package has what all others use, such as [io.quadric.engine.InputException], the answer to every bad input. To
/// train on a table of your own start with `io.quadric.engine.learn`; to see how a run is put together, with
/// `io.quadric.engine.train`.
package io.quadric.engine;
