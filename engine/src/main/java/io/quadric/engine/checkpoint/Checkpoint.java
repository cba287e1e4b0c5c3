package io.quadric.engine.checkpoint;

import io.quadric.engine.train.Snapshot;

/// A run and how far it has come.
///
/// @param run what it is
/// @param snapshot how far it has come
public record Checkpoint(RunSpec run, Snapshot snapshot) {}
