package io.quadric.spark;

import java.io.Serializable;

/// A case as it was read.
///
/// @param features the inputs
/// @param label a class or a number
/// @param weight how much it counts
record LabelledCase(double[] features, double label, double weight) implements Serializable {}
