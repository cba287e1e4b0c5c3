/// How good predictions are: figures for classes and for numbers, with confidence intervals by bootstrap.
///
/// Start with [io.quadric.engine.metric.ClassPredictions] or [io.quadric.engine.metric.NumberPredictions].
package io.quadric.engine.metric;
