package io.quadric.nn;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;

/// A curvature matrix over all parameters of a network, of which diagonal blocks can be had at less than its cost.
public interface CurvatureOperator extends SelfAdjointOperator {
    /// {@return the diagonal block of some of the parameters}. Its products go through the layers from the first one
    /// that has parameters in the block to the output and back, no further (Zhang et al. 2017, §2.1), and leave out
    /// products with directions known to be zero. Once it is made, products allocate views only.
    ///
    /// @param block the parameters, in the order of the block's vectors
    /// @throws IllegalArgumentException if the network does not have them
    SelfAdjointOperator restrictedTo(ParameterBlock block);

    /// {@return vᵀBv}, for the Gauss-Newton matrix without a backward pass.
    ///
    /// @param v a flat vector
    /// @param ws threads and scratch
    default double quadraticForm(Vector v, Workspace ws) {
        try (var frame = ws.open()) {
            Vector product = frame.vector(v.precision(), v.size());
            apply(v, product, ws);
            return v.dot(product);
        }
    }
}
