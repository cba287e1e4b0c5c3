package io.quadric.optim;

import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import java.util.OptionalLong;
import java.util.Set;

/// The configuration of a training method: a record of hyper-parameters that owns no numbers.
/// [io.quadric.optim.recipe.Optimizers] lists the named ones.
@FunctionalInterface
public interface Optimizer {
    /// {@return a new run, which owns the state}. Methods with a warm start go through `start.warmUp()` when
    /// they are [prepared][Run#prepare()], at the latest in their first step, unless restored from a state.
    ///
    /// @param start model, parameters, data for a warm start, seed, workspace
    /// @throws IllegalArgumentException if the method cannot train such a model; the message names what it needs
    Run start(Start start);

    /// {@return the batches that steps of the method look at}; others need not be drawn.
    default Set<BatchRole> batches() {
        return Set.of(BatchRole.GRADIENT);
    }

    /// Checks that steps of the method can work on cases in chunks. A method that does not say so beforehand may still
    /// refuse them in a step.
    ///
    /// @param model that is trained
    /// @throws IllegalArgumentException if they cannot; the message says what is no mean over cases
    default void requireDivisible(Model model) {}

    /// {@return how many numbers a run keeps from step to step, not counting the parameters, predicted from the shapes
    /// alone}; empty if the method makes no prediction. Vectors no longer than a row of a factor are neglected.
    ///
    /// @param layout of the network's parameters
    default OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.empty();
    }

    /// {@return about how many numbers a step takes in scratch beside the passes through the network}: by default the
    /// gradient, the step and one more vector of that size.
    ///
    /// @param network that is trained
    /// @param cases of the gradient batch, and of the curvature batch
    default long scratch(Network network, int cases) {
        return 3L * network.layout().size();
    }
}
