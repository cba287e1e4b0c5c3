package io.quadric.optim.step;

import io.quadric.linalg.Vector;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.State;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// An optimizer around another one. What it says of itself is what the other says, unless it knows better.
public interface Decorator extends Optimizer {
    /// {@return the method that takes the steps}
    Optimizer optimizer();

    @Override
    default Set<BatchRole> batches() {
        return optimizer().batches();
    }

    @Override
    default void requireDivisible(Model model) {
        optimizer().requireDivisible(model);
    }

    @Override
    default OptionalLong memory(ParameterLayout layout) {
        return optimizer().memory(layout);
    }

    @Override
    default long scratch(Network network, int cases) {
        return optimizer().scratch(network, cases);
    }

    /// A run around a run of the method, with its steps, average and state.
    interface Around extends Run {
        /// {@return the run of the method}
        Run inner();

        @Override
        default void prepare() {
            inner().prepare();
        }

        @Override
        default Optional<Vector> average() {
            return inner().average();
        }

        @Override
        default long steps() {
            return inner().steps();
        }

        @Override
        default State state() {
            return inner().state();
        }

        @Override
        default void restore(State state) {
            inner().restore(state);
        }
    }
}
