package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.SquaredGradientSink;
import io.quadric.nn.layer.Sink;
import java.util.function.Consumer;

/// The empirical Fisher diagonal (1/N) Σ (∇Lᵢ)² from the backward pass of the gradient, without the penalty.
///
/// @param at the objective whose gradient is observed
/// @param diagonal 0 at first
record SquaredGradients(Objective at, Vector diagonal) implements Objective.Observer {
    @Override
    public Sink sink() {
        return at instanceof Linearization whole ? SquaredGradientSink.of(whole, diagonal) : Sink.NONE;
    }

    @Override
    public Objective.Listener listener() {
        return new OfChunk();
    }

    @Override
    public void take(Objective at, Vector mean) {
        diagonal.copyFrom(mean);
    }

    /// That of a chunk.
    record OfChunk() implements Objective.Listener {
        @Override
        public int size(Model model) {
            return model.network().layout().size();
        }

        @Override
        public void listen(Linearization at, Vector mean, Consumer<Sink> pass) {
            pass.accept(SquaredGradientSink.of(at, mean.fill(0)));
        }
    }
}
