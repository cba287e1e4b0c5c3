package io.quadric.engine.onnx;

import io.quadric.engine.InputException;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Window;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import java.util.ArrayList;
import java.util.List;

/// Appends layers to a graph. Features are N × d, sequences N × T × d, images N × channels × height × width.
final class LayerExport {
    private final OnnxGraph graph;
    private final ParameterSource source;
    private final SequenceLengths lengths;
    private final RecurrentExport recurrent;

    LayerExport(OnnxGraph graph, ParameterSource source, SequenceLengths lengths) {
        this.graph = graph;
        this.source = source;
        this.lengths = lengths;
        recurrent = new RecurrentExport(graph, source, lengths);
    }

    /// Appends layers one after the other and says where their output is.
    String append(List<Layer> layers, Shape input, String from) {
        Shape shape = input;
        String at = from;
        for (Layer layer : layers) {
            at = append(layer, shape, at);
            shape = layer.output(shape);
        }
        return at;
    }

    private String append(Layer layer, Shape input, String from) {
        return switch (layer) {
            case DenseLayer dense -> dense(dense, input, from);
            case Activation activation -> activation(activation.function(), from);
            case BatchNormalizationLayer norm -> normalization(norm, input, from);
            case ResidualLayer residual -> graph.add("Add",
                    append(residual.body(), input, from), append(residual.shortcut(), input, from));
            case FlattenLayer flatten -> graph.add("Flatten",
                    input instanceof Shape.Sequence ? lengths.cleared(from) : from);
            case GlobalAveragePoolingLayer pooling -> graph.add("Flatten", graph.add("GlobalAveragePool", from));
            case ConvolutionLayer convolution -> convolution(convolution, (Shape.Image) input, from);
            case MaxPoolingLayer pooling -> window("MaxPool", pooling.window(), from);
            case AveragePoolingLayer pooling -> window("AveragePool", pooling.window(), from);
            case PadChannelsLayer pad -> graph.add("Pad", from,
                    graph.longs("pads", 0, 0, 0, 0, 0, pad.channels() - ((Shape.Image) input).channels(), 0, 0));
            case RecurrentLayer cells -> recurrent.recurrent(cells, (Shape.Sequence) input, from);
            case LstmLayer cells -> recurrent.lstm(cells, (Shape.Sequence) input, from);
            case GruLayer cells -> recurrent.gru(cells, (Shape.Sequence) input, from);
            default -> throw new InputException("the layer " + layer + " cannot be expressed in ONNX");
        };
    }

    private String dense(DenseLayer dense, Shape input, String from) {
        boolean sequence = input instanceof Shape.Sequence;
        int inputs = sequence ? ((Shape.Sequence) input).features() : input.size();
        float[] weight = ParameterSource.floats(source.next());
        List<String> operands = new ArrayList<>(List.of(from));
        if (sequence) {
            operands.add(graph.add("Transpose", graph.floats("weight", weight, dense.units(), inputs)));
            String product = graph.add("MatMul", operands.toArray(String[]::new));
            return dense.bias() ? graph.add("Add", product, bias(dense.units())) : product;
        }
        operands.add(graph.floats("weight", weight, dense.units(), inputs));
        if (dense.bias()) {
            operands.add(bias(dense.units()));
        }
        String output = graph.fresh("Gemm");
        graph.add(new OnnxNode("Gemm", operands, List.of(output)).with("transB", 1));
        return output;
    }

    private String bias(int units) {
        return graph.floats("bias", ParameterSource.floats(source.next()), units);
    }

    private String activation(ElementaryFunction function, String from) {
        return switch (function) {
            case LINEAR -> from;
            case TANH -> graph.add("Tanh", from);
            case LOGISTIC -> graph.add("Sigmoid", from);
            case RELU -> graph.add("Relu", from);
            case SOFTPLUS -> graph.add("Softplus", from);
            case LEAKY_RELU -> {
                String output = graph.fresh("LeakyRelu");
                graph.add(new OnnxNode("LeakyRelu", List.of(from), List.of(output)).with("alpha", 0.1f));
                yield output;
            }
        };
    }

    /// γ (x − μ) / √(v + ε) + β as one factor and one summand for each channel.
    private String normalization(BatchNormalizationLayer norm, Shape input, String from) {
        int channels = norm.statisticsSize(input) / 2;
        double[] scale = source.next();
        double[] shift = source.next();
        double[] statistics = source.statistics(2 * channels);
        for (int c = 0; c < channels; c++) {
            scale[c] /= Math.sqrt(statistics[channels + c] + norm.epsilon());
            shift[c] -= scale[c] * statistics[c];
        }
        int[] shape = input instanceof Shape.Image ? new int[]{channels, 1, 1} : new int[]{channels};
        String product = graph.add("Mul", from, graph.floats("factor", ParameterSource.floats(scale), shape));
        return graph.add("Add", product, graph.floats("summand", ParameterSource.floats(shift), shape));
    }

    private String convolution(ConvolutionLayer convolution, Shape.Image input, String from) {
        Window window = convolution.window();
        float[] weight = ParameterSource.floats(source.next());
        List<String> operands = new ArrayList<>(List.of(from, graph.floats(
                "weight", weight, convolution.channels(), input.channels(), window.height(), window.width())));
        if (convolution.bias()) {
            operands.add(bias(convolution.channels()));
        }
        return window("Conv", operands, window);
    }

    private String window(String operator, Window window, String from) {
        return window(operator, List.of(from), window);
    }

    private String window(String operator, List<String> operands, Window window) {
        String output = graph.fresh(operator);
        OnnxNode node = new OnnxNode(operator, operands, List.of(output))
                .with("kernel_shape", new long[]{window.height(), window.width()})
                .with("strides", new long[]{window.strideDown(), window.strideAcross()})
                .with("pads", new long[]{window.padDown(), window.padAcross(), window.padDown(), window.padAcross()});
        graph.add(operator.equals("AveragePool") ? node.with("count_include_pad", 1) : node);
        return output;
    }
}
