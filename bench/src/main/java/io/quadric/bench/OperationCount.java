package io.quadric.bench;

import io.quadric.nn.Network;
import io.quadric.nn.layer.BlockSpec;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import java.util.List;

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
    private static final OperationCount NOTHING = new OperationCount(0, 0, 0, 0);

    /// {@return those of a network}
    static OperationCount of(Network network) {
        return of(network.layers(), network.input(), true);
    }

    private static OperationCount of(List<Layer> layers, Shape input, boolean fromInputs) {
        OperationCount sum = NOTHING;
        Shape shape = input;
        boolean first = fromInputs;
        for (Layer layer : layers) {
            sum = sum.plus(of(layer, shape, first));
            first &= layer.parameters(shape).isEmpty();
            shape = layer.output(shape);
        }
        return sum;
    }

    private static OperationCount of(Layer layer, Shape input, boolean fromInputs) {
        if (layer instanceof ResidualLayer(List<Layer> body, List<Layer> shortcut)) {
            return of(body, input, fromInputs).plus(of(shortcut, input, fromInputs));
        }
        List<ParameterSpec> parameters = layer.parameters(input);
        OperationCount sum = NOTHING;
        boolean first = fromInputs;
        for (BlockSpec block : layer.blocks(input)) {
            double forward = (double) parameters.get(block.weight()).size() * positions(layer, input);
            sum = sum.plus(ofMap(forward, first));
            first = false; // a second map is that of a recurrent layer's states
        }
        return sum;
    }

    /// How often a layer's maps are applied to one case.
    private static int positions(Layer layer, Shape input) {
        Shape reads = layer instanceof RecurrentLayer || layer instanceof LstmLayer ? input : layer.output(input);
        return switch (reads) {
            case Shape.Features f -> 1;
            case Shape.Image i -> i.height() * i.width();
            case Shape.Sequence s -> s.length();
        };
    }

    private static OperationCount ofMap(double forward, boolean fromInputs) {
        return fromInputs
                ? new OperationCount(forward, forward, forward, forward)
                : new OperationCount(forward, 2 * forward, 2 * forward, 4 * forward);
    }

    private OperationCount plus(OperationCount other) {
        return new OperationCount(
                forward + other.forward,
                backward + other.backward,
                rForward + other.rForward,
                rBackward + other.rBackward);
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
