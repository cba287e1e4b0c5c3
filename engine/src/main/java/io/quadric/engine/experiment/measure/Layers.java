package io.quadric.engine.experiment.measure;

import io.quadric.linalg.Vector;
import io.quadric.nn.Network;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.layer.ParameterSlice;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The layers of a network that have parameters, each a block of them.
///
/// @param blocks from the first layer to the last
record Layers(List<ParameterBlock> blocks) {
    static Layers of(Network network) {
        List<ParameterBlock> blocks = new ArrayList<>();
        for (int i = 0; i < network.layers().size(); i++) {
            if (!network.slices(i).isEmpty()) {
                blocks.add(new ParameterBlock(network.slices(i)));
            }
        }
        return new Layers(List.copyOf(blocks));
    }

    /// The name of the cosine in a layer.
    ///
    /// @param index from 0
    static String name(int index) {
        return "layer " + (index + 1);
    }

    /// Adds the cosine between the parts of two vectors in each layer.
    ///
    /// @param a of all parameters
    /// @param b of all parameters
    /// @param cosines added to
    void addCosines(Vector a, Vector b, Map<String, Double> cosines) {
        for (int i = 0; i < blocks.size(); i++) {
            double product = 0;
            double first = 0;
            double second = 0;
            for (ParameterSlice slice : blocks.get(i).slices()) {
                Vector x = slice.of(a);
                Vector y = slice.of(b);
                product += x.dot(y);
                first += x.dot(x);
                second += y.dot(y);
            }
            cosines.put(name(i), product / Math.sqrt(first * second));
        }
    }

    static double cosine(Vector a, Vector b) {
        return a.dot(b) / (a.norm() * b.norm());
    }
}
