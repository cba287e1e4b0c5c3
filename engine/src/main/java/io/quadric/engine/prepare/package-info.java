/// From columns to a network's numbers and back: scaling, one-hot codes, missing values, targets and weights.
///
/// A [io.quadric.engine.prepare.Preparation] is fitted on training data, travels with the model, and is applied to
/// tables and single rows by the names of their columns.
package io.quadric.engine.prepare;
