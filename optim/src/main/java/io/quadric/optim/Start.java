package io.quadric.optim;

import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;

/// What a run starts from.
///
/// @param model what is trained
/// @param parameters θ, which the run moves
/// @param warmUp batches that together make one pass over the data, for methods that initialise their statistics. They
///     should have the size of the steps' batches: the statistics of TNT and Shampoo grow with the variance of a
///     batch's mean gradient, which is inversely proportional to its size
/// @param seed decides every random draw of the run; the draws of step k depend on the seed and k alone
/// @param ws threads and scratch
public record Start(Model model, Parameters parameters, Iterable<Batch> warmUp, long seed, Workspace ws) {}
