package io.quadric.nn.layer;

import java.util.List;

/// The description of a layer: shapes and rules, no numbers. Implement it to add a layer of your own; it then works
/// with every optimizer, and the laws of the verify module tell whether its four passes are right. A record with a name
/// in the [registry][io.quadric.nn.registry.Registry] has a description in JSON too, and is among the layers of the
/// random networks that the laws are checked on.
///
/// A batch of N cases enters as a matrix of N rows; see [Shape] for the meaning of a row.
public interface Layer {
    /// {@return the shape of one case behind the layer}
    ///
    /// @param input the shape of one case before the layer
    /// @throws IllegalArgumentException if the layer cannot take such an input; the message names both
    Shape output(Shape input);

    /// {@return the parameter arrays, in the order of the flat vector}
    ///
    /// @param input the shape of one case before the layer
    default List<ParameterSpec> parameters(Shape input) {
        return List.of();
    }

    /// {@return those of the parameters that form a weight with its bias}; the others are reported row by row.
    ///
    /// @param input the shape of one case before the layer
    default List<BlockSpec> blocks(Shape input) {
        return List.of();
    }

    /// {@return how many numbers describe a batch to this layer, by which it couples the cases}; 0 if every case goes
    /// through on its own. See [io.quadric.nn.NormalizationStatistics].
    ///
    /// @param input the shape of one case before the layer
    default int statisticsSize(Shape input) {
        return 0;
    }

    /// {@return the hidden units in it that structural damping can hold on to}: those of its passes.
    default HiddenUnits.Kind hidden() {
        return HiddenUnits.Kind.NONE;
    }

    /// {@return the chains of layers that this one is made of, each of which starts at its input}; none for most layers
    default List<List<Layer>> paths() {
        return List.of();
    }

    /// {@return whether its derivative jumps somewhere}, so that finite differences have to keep away from there
    default boolean hasKinks() {
        return paths().stream().flatMap(List::stream).anyMatch(Layer::hasKinks);
    }

    /// {@return the operations of a forward pass}: those of the layers it is made of, or of its [blocks][#blocks], of
    /// which the first one reads the inputs. A layer that multiplies matrices of other kinds counts them itself.
    ///
    /// @param input the shape of one case before the layer
    default MultiplyAdds multiplyAdds(Shape input) {
        return MultiplyAdds.of(this, input);
    }

    /// {@return the layer bound to parameter values and a batch size}
    ///
    /// @param site values, batch size and scratch
    LayerPass open(LayerSite site);
}
