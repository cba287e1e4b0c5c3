package io.quadric.nn.chunk;

import io.quadric.linalg.Vector;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import java.util.random.RandomGenerator;

/// f, ∇f and what is made of the reports of the same backward pass.
///
/// @param listener to the pass, whose mean follows the gradient
public record GradientMean(Objective.Listener listener) implements Objective.Mean {
    @Override
    public int size(Model model) {
        return model.network().layout().size() + listener.size(model);
    }

    @Override
    public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
        int parameters = at.parameters().values().size();
        Vector g = mean.slice(0, parameters);
        listener.listen(at, mean.slice(parameters, mean.size()), sink -> at.gradient(g, sink));
        return at.loss();
    }
}
