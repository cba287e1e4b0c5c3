package io.quadric.engine.onnx;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.ArrayList;
import java.util.List;

/// Appends recurrent layers to a graph. ONNX has time steps first, one direction as an axis of length 1, two biases, of
/// the input and of the recurrent product, and its own order of gates.
final class RecurrentExport {
    private final OnnxGraph graph;
    private final ParameterSource source;
    private final SequenceLengths lengths;

    RecurrentExport(OnnxGraph graph, ParameterSource source, SequenceLengths lengths) {
        this.graph = graph;
        this.source = source;
        this.lengths = lengths;
    }

    String recurrent(RecurrentLayer layer, Shape.Sequence input, String from) {
        int units = layer.units();
        float[] wx = ParameterSource.floats(source.next());
        float[] wh = ParameterSource.floats(source.next());
        float[] bias = new float[2 * units];
        if (layer.bias()) {
            System.arraycopy(ParameterSource.floats(source.next()), 0, bias, 0, units);
        }
        String first = graph.floats("h0", ParameterSource.floats(source.next()), 1, 1, units);
        List<String> operands = operands(from, input, new float[][]{wx, wh, bias}, units);
        operands.add(initial(first, from, units));
        return outputs(layer.output(), activation(node("RNN", operands, units), layer.function()));
    }

    /// h₀ for every case.
    private String initial(String first, String from, int units) {
        String cases = graph.add("Gather", graph.add("Shape", from), graph.longs("axis", 0));
        String shape = graph.fresh("Concat");
        graph.add(new OnnxNode("Concat", List.of(graph.longs("one", 1), cases, graph.longs("units", units)),
                List.of(shape)).with("axis", 0));
        return graph.add("Expand", first, shape);
    }

    private static OnnxNode activation(OnnxNode node, ElementaryFunction function) {
        return switch (function) {
            case TANH -> node.with("activations", List.of("Tanh"));
            case RELU -> node.with("activations", List.of("Relu"));
            case LOGISTIC -> node.with("activations", List.of("Sigmoid"));
            case SOFTPLUS -> node.with("activations", List.of("Softplus"));
            case LINEAR -> node.with("activations", List.of("Affine"))
                    .with("activation_alpha", new float[]{1})
                    .with("activation_beta", new float[]{0});
            case LEAKY_RELU -> node.with("activations", List.of("LeakyRelu"))
                    .with("activation_alpha", new float[]{0.1f});
        };
    }

    /// Ours i, f, g, o become i, o, f, g; peepholes i, f, o become i, o, f.
    String lstm(LstmLayer layer, Shape.Sequence input, String from) {
        int units = layer.units();
        int[] order = {0, 3, 1, 2};
        float[] wx = gates(ParameterSource.floats(source.next()), order);
        float[] wh = gates(ParameterSource.floats(source.next()), order);
        float[] bias = new float[8 * units];
        System.arraycopy(gates(ParameterSource.floats(source.next()), order), 0, bias, 0, 4 * units);
        List<String> operands = operands(from, input, new float[][]{wx, wh, bias}, units);
        if (layer.peepholes()) {
            float[] peepholes = new float[3 * units];
            for (int place : new int[]{0, 2, 1}) {
                System.arraycopy(ParameterSource.floats(source.next()), 0, peepholes, place * units, units);
            }
            operands.addAll(List.of("", "", graph.floats("peepholes", peepholes, 1, 3 * units)));
        }
        return outputs(layer.output(), node("LSTM", operands, units));
    }

    /// Ours r, z, n become z, r, n; the bias of the recurrent product is that of n alone, inside of the reset gate.
    String gru(GruLayer layer, Shape.Sequence input, String from) {
        int units = layer.units();
        int[] order = {1, 0, 2};
        float[] wx = gates(ParameterSource.floats(source.next()), order);
        float[] wh = gates(ParameterSource.floats(source.next()), order);
        float[] bias = new float[6 * units];
        System.arraycopy(gates(ParameterSource.floats(source.next()), order), 0, bias, 0, 3 * units);
        System.arraycopy(ParameterSource.floats(source.next()), 0, bias, 5 * units, units);
        List<String> operands = operands(from, input, new float[][]{wx, wh, bias}, units);
        return outputs(layer.output(), node("GRU", operands, units).with("linear_before_reset", 1));
    }

    /// Equal parts in another order.
    private static float[] gates(float[] values, int[] order) {
        int size = values.length / order.length;
        float[] ordered = new float[values.length];
        for (int k = 0; k < order.length; k++) {
            System.arraycopy(values, order[k] * size, ordered, k * size, size);
        }
        return ordered;
    }

    /// Inputs with time steps first, both weights, the biases and the lengths.
    private List<String> operands(String from, Shape.Sequence input, float[][] weights, int units) {
        String steps = graph.fresh("Transpose");
        graph.add(new OnnxNode("Transpose", List.of(from), List.of(steps)).with("perm", new long[]{1, 0, 2}));
        int rows = weights[1].length / units;
        return new ArrayList<>(List.of(
                steps,
                graph.floats("wx", weights[0], 1, rows, input.features()),
                graph.floats("wh", weights[1], 1, rows, units),
                graph.floats("bias", weights[2], 1, 2 * rows),
                lengths.operand()));
    }

    private OnnxNode node(String operator, List<String> operands, int units) {
        return new OnnxNode(operator, operands, List.of(graph.fresh("all"), graph.fresh("last")))
                .with("hidden_size", units);
    }

    /// All states, T × 1 × N × units, become N × T × units; the last one, 1 × N × units, becomes N × units.
    private String outputs(SequenceOutput output, OnnxNode node) {
        graph.add(node);
        if (output == SequenceOutput.LAST) {
            return graph.add("Squeeze", node.outputs().get(1), graph.longs("axis", 0));
        }
        String states = graph.add("Squeeze", node.outputs().get(0), graph.longs("axis", 1));
        String ordered = graph.fresh("Transpose");
        graph.add(new OnnxNode("Transpose", List.of(states), List.of(ordered)).with("perm", new long[]{1, 0, 2}));
        return ordered;
    }
}
