/// Training on Apache Spark: the chunks of a batch stay on the executors, and methods run on the driver as they do on
/// one machine.
///
/// [io.quadric.spark.SparkChunks] are cases in chunks that any optimizer of the library takes as a batch. Every mean
/// over cases that it asks for is a job; the parameters are sent once for each point. Results are added in the
/// tree of [io.quadric.nn.chunk.TreeSum], so that a run has the same bits for any number of executors, and on one
/// machine without Spark.
package io.quadric.spark;
