package io.quadric.nn;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;

/// The diagonal block of any matrix over all parameters that belongs to some of the parameter arrays: the direction is
/// zero outside the block and the product is read inside it. The cost of a product is that of the whole matrix;
/// [CurvatureOperator#restrictedTo] is cheaper.
///
/// @param whole the matrix over all parameters
/// @param block the arrays
public record BlockRestricted(SelfAdjointOperator whole, ParameterBlock block) implements SelfAdjointOperator {
    /// Checks the block.
    ///
    /// @throws IllegalArgumentException if an array lies outside the matrix
    public BlockRestricted {
        block.requireWithin(whole.size());
    }

    @Override
    public int size() {
        return block.size();
    }

    @Override
    public Precision precision() {
        return whole.precision();
    }

    @Override
    public void apply(Vector v, Vector product, Workspace ws) {
        check(v, product);
        try (var frame = ws.open()) {
            Vector direction = frame.vector(precision(), whole.size()).fill(0);
            Vector image = frame.vector(precision(), whole.size());
            block.scatter(v, direction);
            whole.apply(direction, image, ws);
            block.gather(image, product);
        }
    }
}
