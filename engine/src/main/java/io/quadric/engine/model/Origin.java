package io.quadric.engine.model;

import java.util.Map;

/// How a model was trained.
///
/// @param recipe the name of the method
/// @param values hyper-parameters of the method that were not its defaults
/// @param seed of batches, first parameters and draws
public record Origin(String recipe, Map<String, String> values, long seed) {}
