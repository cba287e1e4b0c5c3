package io.quadric.nn;

import io.quadric.linalg.Matrix;
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

    /// gram ← V B Vᵀ for several directions, the rows of V: all that a quadratic model within their span needs; for the
    /// Gauss-Newton matrix without a backward pass.
    ///
    /// @param v k directions, one flat vector per row
    /// @param gram k × k, overwritten
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if a shape disagrees
    default void quadraticForms(Matrix v, Matrix gram, Workspace ws) {
        if (gram.rows() != v.rows() || gram.columns() != v.rows()) {
            throw new IllegalArgumentException("gram is " + gram.shape() + " for " + v.rows() + " directions");
        }
        try (var frame = ws.open()) {
            Matrix products = frame.matrix(v.precision(), v.rows(), v.columns());
            applyRows(v, products, ws);
            for (int i = 0; i < v.rows(); i++) {
                for (int j = 0; j < v.rows(); j++) {
                    gram.set(i, j, v.row(i).dot(products.row(j)));
                }
            }
        }
    }
}
