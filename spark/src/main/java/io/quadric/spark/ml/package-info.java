/// Networks trained by second-order methods as estimators of Spark ML.
///
/// [io.quadric.spark.ml.NetworkClassifier] and [io.quadric.spark.ml.NetworkRegressor] fit a network to the rows of a
/// DataFrame, in pipelines and cross-validation as other estimators do. What they train with is in
/// [io.quadric.spark.ml.NetworkTraining]. The fitted models depend on rows, parameters and seed alone, not on how many
/// executors there are.
package io.quadric.spark.ml;
