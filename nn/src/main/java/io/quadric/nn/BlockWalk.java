package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.GradientSink;
import io.quadric.nn.layer.LayerChain;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import java.util.ArrayList;
import java.util.List;

/// The layers from the first one with parameters in a block on, and which of them have such parameters.
final class BlockWalk {
    private final ParameterBlock block;
    private final LayerChain layers;
    private final boolean[] inBlock;
    private final int first;
    private final double scale;
    private final List<ParameterSlice> besides = new ArrayList<>();

    /// @throws IllegalArgumentException if the network has no such parameters
    BlockWalk(Linearization at, ParameterBlock block) {
        Network network = at.model().network();
        this.block = block;
        this.scale = 1.0 / at.cases();
        inBlock = new boolean[network.layers().size()];
        for (ParameterSlice slice : block.slices()) {
            inBlock[network.layerOf(slice)] = true;
        }
        int layer = 0;
        while (!inBlock[layer]) {
            layer++;
        }
        first = layer;
        for (int i = first; i < inBlock.length; i++) {
            besides.addAll(network.slices(i));
        }
        besides.removeAll(block.slices());
        layers = at.layers().from(first);
    }

    ParameterBlock block() {
        return block;
    }

    int first() {
        return first;
    }

    /// Prepares a flat vector for [#forward]: the block's elements, and zeros elsewhere in the layers from the block's
    /// first one on. Other elements are not read.
    void scatter(Vector part, Vector flat) {
        besides.forEach(slice -> slice.of(flat).fill(0));
        block.scatter(part, flat);
    }

    /// rz ← J v for a flat vector v that [#scatter] has prepared.
    void forward(Vector v, Matrix rz, Workspace ws) {
        try (var frame = ws.open()) {
            layers.upwards(Matrix.empty(rz.precision()), rz, layers.rows(1, frame), (i, in, out) -> {
                if (inBlock[i]) {
                    layers.pass(i).jvp(v, in, out, ws);
                } else {
                    layers.pass(i).jvpOfInputs(v, in, out, ws);
                }
            });
        }
    }

    /// The block's part of g ← (1/N) Jᵀ dz, and no more of it.
    void backward(Matrix dz, Vector g, Workspace ws) {
        Sink sink = sink(g);
        try (var frame = ws.open()) {
            layers.downwards(dz, Matrix.empty(dz.precision()), layers.rows(1, frame),
                    (i, in, out) -> layers.pass(i).backward(in, out, inBlock[i] ? sink : Sink.NONE, ws));
        }
    }

    /// What adds to a flat vector, of which only the block's part is to be read.
    Sink sink(Vector g) {
        for (int i = 0; i < block.slices().size(); i++) {
            block.slices().get(i).of(g).fill(0);
        }
        return new GradientSink(g, scale);
    }
}
