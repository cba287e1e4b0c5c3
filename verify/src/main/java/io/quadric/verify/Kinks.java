package io.quadric.verify;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Patches;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.RecurrentLayer;
import java.util.List;

/// Finds arguments that stand close to where the derivative of a layer jumps, inner layers included. A kinked function
/// of a kinked one sees exact zeros and ties, at which nothing happens within a step; they do not count.
///
/// @param margin how close is close
/// @param ws scratch
record Kinks(double margin, Workspace ws) {
    /// {@return whether some argument on the way through the network stands within the margin of a kink}
    ///
    /// @param network the layers
    /// @param values its parameters
    /// @param inputs one row per case
    boolean near(Network network, Vector values, Matrix inputs) {
        Matrix x = inputs;
        int from = 0;
        for (int i = 0; i < network.layers().size(); i++) {
            Layer layer = network.layers().get(i);
            Network alone = new Network(network.shape(i), List.of(layer));
            Vector own = values.slice(from, from + alone.layout().size());
            if (near(layer, alone, own, x)) {
                return true;
            }
            x = RandomData.outputs(alone, own, x, ws);
            from += own.size();
        }
        return false;
    }

    /// {@return whether the derivative of some layer jumps somewhere, as far as is known}
    ///
    /// @param layers the layers, inner ones are asked too
    static boolean areIn(List<Layer> layers) {
        return layers.stream().anyMatch(layer -> switch (layer) {
            case Activation a -> isKinked(a.function());
            case RecurrentLayer r -> isKinked(r.function());
            case MaxPoolingLayer pooling -> true;
            case ResidualLayer residual -> areIn(residual.body()) || areIn(residual.shortcut());
            default -> false;
        });
    }

    private boolean near(Layer layer, Network alone, Vector values, Matrix x) {
        return switch (layer) {
            case Activation a when isKinked(a.function()) -> closestZero(x) < margin;
            case RecurrentLayer r when isKinked(r.function()) ->
                closestZero(new RecurrentArguments(r, alone.slices(0), values).of(x)) < margin;
            case MaxPoolingLayer pooling -> closestTie(pooling, (Shape.Image) alone.input(), x) < margin;
            case ResidualLayer residual -> near(residual, alone.input(), values, x);
            default -> false;
        };
    }

    private boolean near(ResidualLayer block, Shape input, Vector values, Matrix x) {
        Network body = new Network(input, block.body());
        int split = body.layout().size();
        return near(body, values.slice(0, split), x)
                || !block.shortcut().isEmpty()
                        && near(new Network(input, block.shortcut()), values.slice(split, values.size()), x);
    }

    private static boolean isKinked(ElementaryFunction f) {
        return f == ElementaryFunction.RELU || f == ElementaryFunction.LEAKY_RELU;
    }

    private static double closestZero(Matrix x) {
        double closest = Double.POSITIVE_INFINITY;
        for (double value : x.flat().toArray()) {
            closest = value == 0 ? closest : Math.min(closest, Math.abs(value));
        }
        return closest;
    }

    /// The smallest lead of a largest element over the next one under its window.
    private double closestTie(MaxPoolingLayer pooling, Shape.Image image, Matrix x) {
        Patches patches = new Patches(image.channels(), image.height(), image.width(), pooling.window());
        Matrix u = Matrix.zeros(Precision.FLOAT64, patches.patchSize(), x.rows() * patches.places());
        patches.unfold(x, u, ws);
        int area = pooling.window().height() * pooling.window().width();
        double closest = Double.POSITIVE_INFINITY;
        for (int j = 0; j < image.channels() * u.columns(); j++) {
            int channel = j / u.columns();
            Matrix window = u.rows(channel * area, (channel + 1) * area).columns(j % u.columns(), j % u.columns() + 1);
            closest = Math.min(closest, lead(window.copy().flat().toArray()));
        }
        return closest;
    }

    private static double lead(double[] window) {
        double largest = Double.NEGATIVE_INFINITY;
        double next = Double.NEGATIVE_INFINITY;
        for (double value : window) {
            if (value > largest) {
                next = largest;
                largest = value;
            } else if (value < largest) {
                next = Math.max(next, value);
            }
        }
        return largest - next;
    }
}
