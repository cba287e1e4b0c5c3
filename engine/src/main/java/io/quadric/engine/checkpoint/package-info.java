/// A run as data: what it consists of, and files from which it continues bit for bit.
///
/// A [io.quadric.engine.checkpoint.RunSpec] names problem, optimizer, seed and batches; a
/// [io.quadric.engine.checkpoint.Checkpoint] adds parameters and the optimizer's state after a step.
/// [io.quadric.engine.checkpoint.CheckpointFile] reads and writes it, with a checksum. Start with
/// [io.quadric.engine.checkpoint.RunJson], which has the format.
package io.quadric.engine.checkpoint;
