package io.quadric.engine.train;

import io.quadric.linalg.Vector;
import io.quadric.optim.State;

/// All that changes during a run: with the same setup, a run goes on from it bit for bit.
///
/// @param at how far the run has come; with the plan, this is also the position in the data
/// @param initial the evaluation of the first parameters
/// @param last the last evaluation, which may be some steps old
/// @param parameters θ
/// @param state the method's memory
/// @param rejections steps that were rejected in a row just before
/// @param undefined whether the last of them had no finite objective or gradient
public record Snapshot(Progress at, Evaluation initial, Evaluation last, Vector parameters, State state,
        int rejections, boolean undefined) {}
