package io.quadric.engine.train;

/// How far a run has come.
///
/// @param step steps taken
/// @param epoch passes over the data, in fractions
/// @param seconds spent on training; evaluating, reporting and saving are not counted
public record Progress(long step, double epoch, double seconds) {}
