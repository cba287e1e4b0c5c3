package io.quadric.bench;

import io.quadric.nn.Network;
import io.quadric.nn.layer.MultiplyAdds;

/// Multiply-adds of the affine maps of a network for one case, pass by pass. Elementwise functions, normalisation,
/// pooling and peepholes are not counted; neither are products with cotangents or tangents of the network's inputs.
///
/// With F for a map's forward pass, which all others repeat: a backward pass costs F for the weight and F for the
/// inputs, R-forward F for the direction and F for the tangents, R-backward 2 F for the weight and 2 F for the
/// inputs. A map that reads the network's inputs has neither cotangents to make nor tangents to take.
///
/// @param forward of the values
/// @param backward of one pass of cotangents, with the gradient of the weights
/// @param rForward of one pass of tangents
/// @param rBackward of the derivative of the backward pass
record OperationCount(double forward, double backward, double rForward, double rBackward) {
    /// {@return the counts of a network}
    static OperationCount of(Network network) {
        MultiplyAdds forward = MultiplyAdds.of(network.layers(), network.input());
        double first = forward.ofInputs();
        double others = forward.others();
        return new OperationCount(first + others, first + 2 * others, first + 2 * others, first + 4 * others);
    }

    /// {@return multiply-adds of a gradient}: forward and backward.
    double gradient() {
        return forward + backward;
    }

    /// {@return the least that a Gauss-Newton product costs, by a gradient}: R-forward and backward, with activations
    /// cached.
    double gaussNewtonFloor() {
        return (rForward + backward) / gradient();
    }

    /// {@return the least that a product with the Hessian costs, by a gradient}: R-forward and R-backward, with
    /// activations and cotangents cached.
    double hessianFloor() {
        return (rForward + rBackward) / gradient();
    }
}
