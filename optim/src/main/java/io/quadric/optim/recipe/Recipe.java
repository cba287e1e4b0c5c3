package io.quadric.optim.recipe;

import io.quadric.optim.Optimizer;

/// A named optimizer with its published defaults.
///
/// @param name the name by which it is asked for
/// @param summary what it is, in a sentence
/// @param source where the defaults come from
/// @param optimizer the composition with the defaults
public record Recipe(String name, String summary, String source, Optimizer optimizer) {}
