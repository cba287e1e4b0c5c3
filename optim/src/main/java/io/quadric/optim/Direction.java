package io.quadric.optim;

import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.Sink;
import java.util.Map;

/// The part of a method that turns gradients into directions, with its memory. A [DescentRun] drives it.
interface Direction {
    /// What listens to the backward pass of the gradient in step k.
    default Sink observer(long k) {
        return Sink.NONE;
    }

    /// Computes the direction of step k and observes whatever the method needs at the parameters before the move.
    ///
    /// @param g ∇f, finite, cut by the step rule, to be read only
    /// @param p overwritten
    void direction(long k, Linearization at, Vector g, Vector p);

    /// Is told that the parameters have been moved in step k, whose gradient was that of the batch.
    default void moved(long k, Batch batch) {}

    /// The figures of the last step are added in a fixed order.
    default void figures(Map<String, Double> figures) {}

    /// Stores the memory.
    void save(State state);

    /// Reads the memory back.
    void restore(State state);
}
