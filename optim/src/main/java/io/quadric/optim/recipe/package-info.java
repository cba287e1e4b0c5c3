/// The published methods by name, each with its paper's settings and their source:
/// [io.quadric.optim.recipe.Optimizers].
package io.quadric.optim.recipe;
