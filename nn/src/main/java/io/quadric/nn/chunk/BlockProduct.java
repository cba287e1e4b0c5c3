package io.quadric.nn.chunk;

import io.quadric.linalg.Vector;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.ParameterLayout;
import java.util.List;
import java.util.random.RandomGenerator;

/// The product of a diagonal block of a curvature matrix with the argument.
///
/// @param hessian whether of the Hessian rather than the Gauss-Newton matrix
/// @param arrays the names of the block's parameter arrays in order
public record BlockProduct(boolean hessian, List<String> arrays) implements Objective.Mean {
    /// Copies the names.
    public BlockProduct {
        arrays = List.copyOf(arrays);
    }

    private ParameterBlock block(ParameterLayout layout) {
        return new ParameterBlock(arrays.stream().map(layout::slice).toList());
    }

    @Override
    public int size(Model model) {
        return block(model.network().layout()).size();
    }

    @Override
    public double compute(Linearization at, Vector argument, RandomGenerator random, Vector mean) {
        try (var frame = at.workspace().open()) {
            var whole = hessian ? at.hessian(frame) : at.gaussNewton();
            whole.restrictedTo(block(at.model().network().layout())).apply(argument, mean, at.workspace());
        }
        return 0;
    }
}
