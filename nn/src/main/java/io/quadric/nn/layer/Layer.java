package io.quadric.nn.layer;

import io.quadric.linalg.Matrix;
import java.io.Serializable;
import java.util.List;

/// The description of a layer: shapes and rules, no numbers. Implement it to add a layer of your own; it then works
/// with every optimizer, and the laws of the verify module tell whether its passes are right. A record with a name in
/// the [registry][io.quadric.nn.registry.Registry] has a description in JSON too, and is among the layers of the random
/// networks that the laws are checked on.
///
/// A batch of N cases enters as a matrix of N rows; see [Shape] for the meaning of a row.
public interface Layer extends Serializable {
    /// What kind of map a layer is, where a method needs to know.
    enum Form {
        /// h = W a + b with the layer's only block, applied to every position of a case.
        AFFINE,
        /// a = φ(h), element by element and without parameters.
        ELEMENTWISE,
        /// Anything else.
        GENERAL
    }

    /// {@return the shape of one case after the layer}
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

    /// {@return the parameters that form a weight with its bias}; all others are reported row by row.
    ///
    /// @param input the shape of one case before the layer
    default List<BlockSpec> blocks(Shape input) {
        return List.of();
    }

    /// {@return how many numbers describe a batch to a layer that couples its cases}; 0 if every case passes through on
    /// its own. See [io.quadric.nn.NormalizationStatistics].
    ///
    /// @param input the shape of one case before the layer
    default int statisticsSize(Shape input) {
        return 0;
    }

    /// {@return what kind of map the layer is}
    default Form form() {
        return Form.GENERAL;
    }

    /// {@return which hidden units of the layer structural damping can act on}; its passes provide them.
    default HiddenUnits.Kind hidden() {
        return HiddenUnits.Kind.NONE;
    }

    /// {@return whether a unit of the network starts with this layer}: something that a division of the parameters
    /// into blocks keeps together, such as a recurrent layer or a residual block with what follows it.
    default boolean startsUnit() {
        return false;
    }

    /// {@return the chains of layers that this one is made of, each of which starts at its input}; none for most layers
    default List<List<Layer>> paths() {
        return List.of();
    }

    /// {@return whether its derivative jumps somewhere}, so that finite differences have to keep away from there
    default boolean hasKinks() {
        return paths().stream().flatMap(List::stream).anyMatch(Layer::hasKinks);
    }

    /// {@return the operations of a forward pass}: of the layers that this one is made of, or of its [blocks][#blocks],
    /// the first of which reads the inputs. A layer that multiplies matrices of other kinds counts them itself.
    ///
    /// @param input the shape of one case before the layer
    default MultiplyAdds multiplyAdds(Shape input) {
        return MultiplyAdds.of(this, input);
    }

    /// Runs the forward pass y ← f(w, x).
    ///
    /// @param site parameter values, cases and scratch
    /// @param x the inputs, one row per case; they stay valid and unchanged as long as the returned pass is used
    /// @param y overwritten with the outputs, one row per case; the caller does not change them as long as the pass is
    ///     used
    /// @return the layer at this point
    LayerPass open(LayerSite site, Matrix x, Matrix y);
}
