/// The published methods by name, each with the settings of its paper and their source. In Java code use the factories
/// of [io.quadric.optim.recipe.Optimizers]; on the command line and in files a [io.quadric.optim.recipe.Recipe] is
/// found by its name, and a [io.quadric.optim.recipe.Decoration] put around it when one of its hyper-parameters is set.
package io.quadric.optim.recipe;
