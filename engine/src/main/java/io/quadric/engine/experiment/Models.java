package io.quadric.engine.experiment;

import io.quadric.engine.data.Task;
import io.quadric.engine.json.ModelSpec;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Window;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.SequenceOutput;
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

    /// {@return a chain of dense layers with tanh between them, for ten classes}
    ///
    /// @param widths input, hidden layers, output
    /// @param pool pixels a side over which images are averaged first
    public static ModelSpec classifier(List<Integer> widths, int pool) {
        ModelSpec chain = chain(widths, ElementaryFunction.TANH, new SoftmaxCrossEntropy(),
                new Task.Classification(10));
        return new ModelSpec(chain.name(), chain.model(), chain.task(), pool);
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

    /// {@return a network that classifies, with another last layer}
    ///
    /// @param model whose last layer is dense
    /// @param classes how many
    public static ModelSpec withClasses(ModelSpec model, int classes) {
        Network network = model.model().network();
        List<Layer> layers = new ArrayList<>(network.layers());
        layers.set(layers.size() - 1, new DenseLayer(classes, true));
        return new ModelSpec(model.name() + "-" + classes,
                new Model(new Network(network.input(), layers), model.model().loss()),
                new Task.Classification(classes), model.pool());
    }

    /// {@return a residual network of two convolutions for the digits}
    public static ModelSpec smallConvolution() {
        List<Layer> body = List.of(convolution(true), new BatchNormalizationLayer(1e-5));
        List<Layer> layers = List.of(convolution(false), new BatchNormalizationLayer(1e-5),
                new Activation(ElementaryFunction.RELU), new ResidualLayer(body, List.of()),
                new Activation(ElementaryFunction.RELU), new GlobalAveragePoolingLayer(), new DenseLayer(10, true));
        Network network = new Network(new Shape.Image(1, 8, 8), layers);
        return new ModelSpec("residual-small", new Model(network, new SoftmaxCrossEntropy()),
                new Task.Classification(10), 1);
    }

    /// {@return layers of LSTM with peepholes that read the digits pixel by pixel, with a layer that classifies}
    ///
    /// @param length of the sequences
    /// @param units of each of three layers
    public static ModelSpec stackedLstm(int length, int units) {
        List<Layer> layers = List.of(new LstmLayer(units, SequenceOutput.ALL), new LstmLayer(units, SequenceOutput.ALL),
                new LstmLayer(units, SequenceOutput.LAST), new DenseLayer(10, true));
        Network network = new Network(new Shape.Sequence(length, 1), layers);
        return new ModelSpec("lstm-small", new Model(network, new SoftmaxCrossEntropy()),
                new Task.Classification(10), 1);
    }

    private static Layer convolution(boolean bias) {
        return new ConvolutionLayer(4, new Window(3, 3, 1, 1, 1, 1), bias);
    }

    private static ModelSpec spec(List<Integer> widths, List<Layer> layers, Loss loss, Task task) {
        String name = "dense-" + String.join("-", widths.stream().map(String::valueOf).toList());
        Network network = new Network(new Shape.Features(widths.getFirst()), layers);
        return new ModelSpec(name, new Model(network, loss), task, 1);
    }
}
