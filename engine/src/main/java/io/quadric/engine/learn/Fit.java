package io.quadric.engine.learn;

import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.TrainingResult;

/// What a fit came to.
///
/// @param model with the parameters of the lowest validation loss
/// @param evaluation of these parameters; "test" are the cases that validate
/// @param at when the run had come to them
/// @param result how the run ended
public record Fit(TrainedModel model, Evaluation evaluation, Progress at, TrainingResult result) {}
