package io.quadric.engine.train;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Window;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.ArrayList;
import java.util.List;

/// Which network is trained on data of which only the shapes are known.
@FunctionalInterface
public interface NetworkPlan {
    /// {@return the network}
    ///
    /// @param input one case
    /// @param outputs numbers that it must put out for a case
    /// @param cases to train on
    Network network(Shape input, int outputs, int cases);

    /// {@return a network sized by the data}
    ///
    /// Features: a linear map beside two hidden layers of tanh units, whose sum is the output, so that what is linear
    /// is found at once; about a tenth as many parameters as cases, from 16 to 128 units in a layer. Images:
    /// convolutions of 3 × 3 with 16, 32 … channels, each with max pooling, as long as the image is larger than 4 × 4,
    /// and a dense layer. Sequences: 32 LSTM units and a dense layer.
    static NetworkPlan sized() {
        return (input, outputs, cases) -> new Network(input, switch (input) {
            case Shape.Features features -> tabular(features.size(), outputs, cases);
            case Shape.Image image -> convolutional(image, outputs);
            case Shape.Sequence sequence -> List.of(
                    new LstmLayer(32, SequenceOutput.LAST), new DenseLayer(outputs, true));
        });
    }

    private static List<Layer> tabular(int inputs, int outputs, int cases) {
        int units = Math.clamp(cases / (10L * (inputs + outputs)), 16, 128);
        List<Layer> body = List.of(
                new DenseLayer(units, true),
                new Activation(ElementaryFunction.TANH),
                new DenseLayer(units, true),
                new Activation(ElementaryFunction.TANH),
                new DenseLayer(outputs, true));
        return List.of(new ResidualLayer(body, List.of(new DenseLayer(outputs, true))));
    }

    private static List<Layer> convolutional(Shape.Image image, int outputs) {
        List<Layer> layers = new ArrayList<>();
        int channels = 16;
        for (int side = Math.min(image.height(), image.width()); side > 4; side /= 2) {
            layers.add(new ConvolutionLayer(channels, new Window(3, 3, 1, 1), true));
            layers.add(new Activation(ElementaryFunction.RELU));
            layers.add(new MaxPoolingLayer(new Window(2, 2, 2, 0)));
            channels = Math.min(128, 2 * channels);
        }
        layers.add(new FlattenLayer());
        layers.add(new DenseLayer(outputs, true));
        return layers;
    }

    /// {@return hidden layers of the given numbers of tanh units, on features or flattened images}
    ///
    /// @param units of each hidden layer, from input to output
    static NetworkPlan hidden(int... units) {
        int[] own = units.clone();
        return (input, outputs, cases) -> {
            List<Layer> layers = new ArrayList<>();
            if (!(input instanceof Shape.Features)) {
                layers.add(new FlattenLayer());
            }
            for (int count : own) {
                layers.add(new DenseLayer(count, true));
                layers.add(new Activation(ElementaryFunction.TANH));
            }
            layers.add(new DenseLayer(outputs, true));
            return new Network(input, layers);
        };
    }

    /// {@return a given network}
    ///
    /// @param network which must take the cases and put out as many numbers as wanted
    static NetworkPlan of(Network network) {
        return (input, outputs, cases) -> network;
    }
}
