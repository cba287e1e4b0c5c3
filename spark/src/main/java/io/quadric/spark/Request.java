package io.quadric.spark;

import io.quadric.linalg.Precision;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;
import java.io.Serializable;

/// A mean over cases that is asked for.
///
/// @param quantity what is computed
/// @param argument the vector that it depends on
/// @param draws the streams of the chunks
/// @param precision of the result
/// @param size of the result
record Request(
        Objective.Mean quantity, Payload argument, Draws.Streams draws, Precision precision, int size)
        implements Serializable {}
