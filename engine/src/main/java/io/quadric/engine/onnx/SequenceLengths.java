package io.quadric.engine.onnx;

import io.quadric.engine.onnx.OnnxGraph.Type;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import java.util.List;
import java.util.Optional;

/// How many time steps the sequences of a graph have: all those of the shape, or an input `lengths` says it case by
/// case. Recurrent layers of ONNX take the lengths, all others compute on padding too, which is cleared before it could
/// have an effect.
///
/// @param graph the graph
/// @param input the name of the lengths, if they differ
record SequenceLengths(OnnxGraph graph, Optional<String> input) {
    static final String NAME = "lengths";

    /// Declares the input.
    static SequenceLengths declared(OnnxGraph graph) {
        graph.input(NAME, Type.INT64);
        return new SequenceLengths(graph, Optional.of(NAME));
    }

    /// {@return sequences that are all as long as the shape says}
    static SequenceLengths full(OnnxGraph graph) {
        return new SequenceLengths(graph, Optional.empty());
    }

    /// The operand `sequence_lens` of recurrent operators; empty if it is left out.
    String operand() {
        return input.map(name -> {
            String output = graph.fresh("Cast");
            graph.add(new OnnxNode("Cast", List.of(name), List.of(output)).with("to", Type.INT32.code()));
            return output;
        }).orElse("");
    }

    /// Puts zeros into the padding of sequences, N × T × d.
    String cleared(String from) {
        if (input.isEmpty()) {
            return from;
        }
        String steps = graph.add("Gather", graph.add("Shape", from), graph.scalar("axis", 1));
        String step = graph.add("Range", graph.scalar("first", 0), steps, graph.scalar("by", 1));
        String within = graph.add("Less", step, graph.add("Unsqueeze", input.get(), graph.longs("axis", 1)));
        return graph.add("Where", graph.add("Unsqueeze", within, graph.longs("axis", 2)), from,
                graph.floats("zero", new float[]{0}));
    }

    /// Whether layers need sequences of one length: those that make one vector of all time steps.
    static boolean areFlattened(List<Layer> layers, Shape input) {
        Shape shape = input;
        for (Layer layer : layers) {
            Shape before = shape;
            boolean flattened = before instanceof Shape.Sequence && (layer instanceof FlattenLayer
                    || layer.paths().stream().anyMatch(path -> areFlattened(path, before)));
            if (flattened) {
                return true;
            }
            shape = layer.output(before);
        }
        return false;
    }
}
