package io.quadric.verify;

import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import java.util.List;
import java.util.random.RandomGenerator;

/// What is held to the laws: a model at parameters of a reasonable scale on a few cases.
///
/// Small networks, parameters that bend the nonlinearities and do not saturate them: otherwise everything is linear or
/// constant and a wrong derivative agrees too (Martens & Sutskever 2012, §7.2).
///
/// @param name says which one it is, in reports
/// @param model the model
/// @param parameters θ
/// @param batch the cases
public record Subject(String name, Model model, Parameters parameters, Batch batch) {
    /// {@return a model of yours with random parameters, inputs and targets, FLOAT64}
    ///
    /// @param name for reports
    /// @param model the model; of its loss, targets are drawn as it would predict
    /// @param cases N
    /// @param seed decides all numbers
    public static Subject random(String name, Model model, int cases, long seed) {
        RandomGenerator random = RandomData.generator(seed);
        Parameters parameters = RandomData.parameters(model.network().layout(), random);
        return new Subject(name, model, parameters, RandomData.batch(model, parameters, cases, random));
    }

    /// {@return a layer of yours in a small network under squared error}: elementwise scales around it make all its
    /// passes matter, whether it has parameters or not. There are two before it, since the Hessian reads the
    /// cotangent at a layer's output only if tangents arrive at its input.
    ///
    /// @param layer the layer
    /// @param input the shape of one case before it
    /// @param seed decides all numbers
    public static Subject ofLayer(Layer layer, Shape input, long seed) {
        List<Layer> layers = List.of(new ScaleLayer(), new ScaleLayer(), layer, new ScaleLayer());
        Network network = new Network(input, layers);
        return random(layer.toString(), new Model(network, new SquaredError(), 0.01), 5, seed);
    }

    /// {@return the same in another precision}
    ///
    /// @param precision the element type
    public Subject in(Precision precision) {
        if (parameters.values().precision() == precision) {
            return this;
        }
        return new Subject(
                name,
                model,
                parameters.copy(precision),
                batch.with(batch.inputs().copy(precision), batch.targets().copy(precision)));
    }
}
