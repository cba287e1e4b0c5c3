package io.quadric.nn.loss;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Shape;
import java.io.Serializable;
import java.util.random.RandomGenerator;

/// The loss L(z, t) of one output row z against one target row t; a row is a case, or one time step of a case.
/// Implement it to add a loss of your own.
public interface Loss extends Serializable {
    /// {@return the shape of one case's target for outputs of the given shape}
    ///
    /// @param outputs the shape of one case of outputs
    /// @throws IllegalArgumentException if the loss cannot judge such outputs
    Shape targets(Shape outputs);

    /// {@return whether L is convex in z, or its [curvature][LossPoint#curvatureProduct] is replaced by a positive
    /// semidefinite one}: the curvature of every row then has a real square root.
    default boolean isConvex() {
        return true;
    }

    /// {@return the loss at fixed outputs and targets}, which may compute in advance what its derivatives share
    ///
    /// @param z outputs, one row per loss
    /// @param t targets, one row per loss
    /// @param frame scratch that lives as long as the returned point
    LossPoint at(Matrix z, Matrix t, Workspace.Frame frame);

    /// Draws targets from the model's predictive distribution p(t | z), of which the loss is the negative logarithm
    /// up to a constant.
    ///
    /// @param z outputs, one row per loss
    /// @param random the source of the draws
    /// @param t overwritten
    /// @param ws threads and scratch
    void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws);

    /// Tells the mean of the model's predictive distribution p(t | z), which is what the model predicts: this method
    /// takes the outputs themselves.
    ///
    /// @param z outputs, one row per loss
    /// @param mean overwritten, of the shape of the targets
    /// @param ws threads and scratch
    default void mean(Matrix z, Matrix mean, Workspace ws) {
        mean.copyFrom(z);
    }
}
