package io.quadric.optim;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import java.util.function.Consumer;

/// What a run starts from.
///
/// @param model what is trained
/// @param parameters θ, which the run moves
/// @param warmUp batches that together make one pass over the data, for methods that initialise their statistics. They
///     should have the size of the steps' batches: the statistics of TNT and Shampoo grow with the variance of a
///     batch's mean gradient, which is inversely proportional to its size
/// @param seed decides every random draw of the run; the draws of step k depend on the seed and k alone
/// @param ws threads and scratch
/// @param gradients is told ∇f on the gradient batch of each step, before the parameters move, if it is finite: a view,
///     valid during the call and to be read only
public record Start(
        Model model, Parameters parameters, Iterable<? extends CaseSet> warmUp, long seed, Workspace ws,
        Consumer<Vector> gradients) {
    /// With nobody to be told the gradients.
    ///
    /// @param model what is trained
    /// @param parameters θ, which the run moves
    /// @param warmUp batches that together make one pass over the data
    /// @param seed decides every random draw of the run
    /// @param ws threads and scratch
    public Start(Model model, Parameters parameters, Iterable<? extends CaseSet> warmUp, long seed, Workspace ws) {
        this(model, parameters, warmUp, seed, ws, gradient -> {});
    }
}
