/// How good predictions are: figures for classes and for numbers, with confidence intervals by bootstrap, and when a
/// network has a case right.
///
/// Start with [io.quadric.engine.metric.ClassPredictions] or [io.quadric.engine.metric.NumberPredictions].
package io.quadric.engine.metric;
