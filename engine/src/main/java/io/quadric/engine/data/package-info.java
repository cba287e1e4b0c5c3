/// Where cases come from: tables in files, arrays of NumPy, folders in the formats of MNIST and CIFAR, images by class,
/// the embedded digits, and generated data such as CURVES and the sequences of `io.quadric.engine.data.problem`.
///
/// A [io.quadric.engine.data.DataSource] opens as a [io.quadric.engine.data.Dataset], the cases to train on and to
/// test on. [io.quadric.engine.data.DataSources] has the name of each kind, for the command line and JSON; start there.
package io.quadric.engine.data;
