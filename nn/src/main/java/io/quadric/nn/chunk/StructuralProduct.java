package io.quadric.nn.chunk;

import io.quadric.linalg.Vector;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.StructuralDamping;
import java.util.random.RandomGenerator;

/// The product of structural damping with the argument.
///
/// @param damping the term
/// @param gaussNewton whether the Gauss-Newton matrix is added to it
record StructuralProduct(StructuralDamping damping, boolean gaussNewton) implements Objective.Mean {
    @Override
    public int size(Model model) {
        return model.network().layout().size();
    }

    @Override
    public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
        var operator = gaussNewton ? at.gaussNewton(damping) : at.structural(damping);
        operator.apply(argument, mean, at.workspace());
        return 0;
    }
}
