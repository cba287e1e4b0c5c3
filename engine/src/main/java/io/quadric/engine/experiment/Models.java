package io.quadric.engine.experiment;

import io.quadric.engine.data.Task;
import io.quadric.engine.json.ModelSpec;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import java.util.ArrayList;
import java.util.List;

/// Models of the experiments, beside the published ones among the presets.
public final class Models {
    private Models() {}

    /// A chain of dense layers with an activation between them.
    ///
    /// @param widths input, hidden layers, output
    /// @param function the activation
    /// @param loss the loss
    /// @param task where targets come from
    /// @return the model
    public static ModelSpec chain(List<Integer> widths, ElementaryFunction function, Loss loss, Task task) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < widths.size(); i++) {
            layers.add(new DenseLayer(widths.get(i), true));
            if (i < widths.size() - 1) {
                layers.add(new Activation(function));
            }
        }
        return spec(widths, layers, loss, task);
    }

    /// An autoencoder with a linear code layer.
    ///
    /// @param widths input, hidden layers, code
    /// @param function the activation
    /// @param loss the loss
    /// @return the model
    public static ModelSpec autoencoder(List<Integer> widths, ElementaryFunction function, Loss loss) {
        List<Integer> all = new ArrayList<>(widths);
        all.addAll(widths.reversed().subList(1, widths.size()));
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < all.size(); i++) {
            layers.add(new DenseLayer(all.get(i), true));
            if (i < all.size() - 1 && i != widths.size() - 1) {
                layers.add(new Activation(function));
            }
        }
        return spec(all, layers, loss, new Task.Autoencoding());
    }

    private static ModelSpec spec(List<Integer> widths, List<Layer> layers, Loss loss, Task task) {
        String name = "dense-" + String.join("-", widths.stream().map(String::valueOf).toList());
        Network network = new Network(new Shape.Features(widths.getFirst()), layers);
        return new ModelSpec(name, new Model(network, loss), task, 1);
    }
}
