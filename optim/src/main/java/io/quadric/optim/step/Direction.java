package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Objective;
import io.quadric.optim.Archive;
import java.util.Map;

/// A method that turns gradients into directions, with its memory. [DirectStep#run] makes a run of it.
public interface Direction {
    /// Computes what the method wants to know of the warm-up data before the first step, unless it does already. It is
    /// called before every step.
    default void prepare() {}

    /// {@return what listens to the backward pass of the gradient in step k}
    ///
    /// @param k the step, 1, 2, …
    default Objective.Observer observer(long k) {
        return Objective.Observer.NONE;
    }

    /// Computes the direction of step k, and observes whatever the method needs at the parameters before the move.
    ///
    /// @param k the step, 1, 2, …
    /// @param at the model at the parameters before the move, on the gradient batch
    /// @param g ∇f, finite, cut by the step rule, to be read only
    /// @param p overwritten
    void direction(long k, Objective at, Vector g, Vector p);

    /// Is called after the parameters have been moved in step k.
    ///
    /// @param k the step, 1, 2, …
    /// @param batch the batch of the gradient
    default void moved(long k, CaseSet batch) {}

    /// Adds the figures of the last step.
    ///
    /// @param figures by name, added to in a fixed order
    default void figures(Map<String, Double> figures) {}

    /// Stores the memory, or reads it back.
    ///
    /// @param archive stores or reads what it is given
    /// @throws IllegalArgumentException if the archive has no memory of this method on this network
    void serialize(Archive archive);
}
