package io.quadric.engine.onnx;

import io.quadric.engine.InputException;
import io.quadric.engine.LibraryVersion;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.onnx.OnnxGraph.Type;
import io.quadric.engine.prepare.AffineMap;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.FeatureEncoding;
import io.quadric.engine.prepare.NumberEncoder;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.nn.Network;
import io.quadric.nn.NormalizationStatistics;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;

/// Models as ONNX files, in single precision.
///
/// The inputs of a trained model are its columns: `numbers`, doubles, N × number of numeric columns, in their order,
/// NaN where one is missing; and each column of texts by its name, N × 1, empty where it is missing. A model whose
/// columns are not prepared has one input, `features`, floats, N × columns. The outputs are `label`, texts, and
/// `probabilities`, N × classes, of a classifier, and else `prediction`, N × targets, in the units of the training
/// data.
///
/// Where a case is a sequence of rows, `numbers` is N × T × columns, each column of texts N × T, `features` N × T ×
/// columns, and an input `lengths`, N whole numbers, says how many of the T rows each sequence has; what the others
/// hold does not matter. T is any number, unless a layer makes one vector of all time steps.
///
/// What ONNX cannot express is refused by its name.
public final class OnnxFile {
    private static final String PRODUCER = "quadric";
    private static final String FEATURES = "features";

    private OnnxFile() {}

    /// Writes a trained model.
    ///
    /// @param file the path
    /// @param model the model
    /// @throws InputException if a layer, the loss or the preparation cannot be expressed
    public static void write(Path file, TrainedModel model) {
        byte[] bytes = bytes(model);
        OutputFile.write(file, out -> out.write(bytes));
    }

    /// {@return a network without anything around it}: the input `features` and the output `outputs`, floats with the
    /// shapes N × d, N × T × d or N × channels × height × width.
    ///
    /// @param network the network
    /// @param parameters θ
    /// @param statistics of normalising layers
    /// @throws InputException if a layer cannot be expressed
    public static byte[] bytes(Network network, Parameters parameters, NormalizationStatistics statistics) {
        OnnxGraph graph = new OnnxGraph();
        graph.input(FEATURES, Type.FLOAT, axes(network.input()));
        ParameterSource source = source(parameters, statistics);
        String outputs = new LayerExport(graph, source, SequenceLengths.full(graph))
                .append(network.layers(), network.input(), FEATURES);
        named(graph, outputs, "outputs");
        graph.output("outputs", Type.FLOAT, axes(network.output()));
        return graph.model(PRODUCER, LibraryVersion.get());
    }

    private static ParameterSource source(Parameters parameters, NormalizationStatistics statistics) {
        return new ParameterSource(parameters.layout().slices(), parameters.values(), statistics.values());
    }

    /// {@return a network for sequences of different lengths, without anything around it}: as [#bytes(Network,
    /// Parameters, NormalizationStatistics)], with the input `lengths`; the padding of outputs is 0.
    ///
    /// @param network from sequences
    /// @param parameters θ
    /// @param statistics of normalising layers
    /// @throws InputException if a layer cannot be expressed
    public static byte[] sequenceBytes(
            Network network, Parameters parameters, NormalizationStatistics statistics) {
        OnnxGraph graph = new OnnxGraph();
        Shape.Sequence input = sequence(network);
        graph.input(FEATURES, Type.FLOAT, steps(network, input), input.features());
        SequenceLengths lengths = SequenceLengths.declared(graph);
        String outputs = new LayerExport(graph, source(parameters, statistics), lengths)
                .append(network.layers(), input, FEATURES);
        boolean sequences = network.output() instanceof Shape.Sequence;
        named(graph, sequences ? lengths.cleared(outputs) : outputs, "outputs");
        graph.output("outputs", Type.FLOAT, network.output() instanceof Shape.Sequence s
                ? new int[]{steps(network, s), s.features()}
                : axes(network.output()));
        return graph.model(PRODUCER, LibraryVersion.get());
    }

    private static Shape.Sequence sequence(Network network) {
        if (network.input() instanceof Shape.Sequence sequence) {
            return sequence;
        }
        throw new InputException("a network from " + network.input() + ", expected one from sequences");
    }

    /// The axis of time steps.
    private static int steps(Network network, Shape.Sequence sequence) {
        return SequenceLengths.areFlattened(network.layers(), network.input()) ? sequence.length() : OnnxGraph.ANY;
    }

    /// The lengths of the axes after the first.
    private static int[] axes(Shape shape) {
        return switch (shape) {
            case Shape.Features f -> new int[]{f.size()};
            case Shape.Sequence s -> new int[]{s.length(), s.features()};
            case Shape.Image i -> new int[]{i.channels(), i.height(), i.width()};
        };
    }

    private static void named(OnnxGraph graph, String from, String name) {
        graph.add(new OnnxNode("Identity", List.of(from), List.of(name)));
    }

    /// {@return a trained model}
    ///
    /// @param model the model
    /// @throws InputException if a layer, the loss or the preparation cannot be expressed
    public static byte[] bytes(TrainedModel model) {
        OnnxGraph graph = new OnnxGraph();
        Network network = model.model().network();
        boolean sequences = model.preparation().sequence().isPresent();
        if (sequences && network.output() instanceof Shape.Sequence) {
            throw new InputException("predictions for every row of sequences of different lengths are not exported, "
                    + "expected a network that puts out one for each sequence");
        }
        SequenceLengths lengths = sequences ? SequenceLengths.declared(graph) : SequenceLengths.full(graph);
        String inputs = sequences ? sequences(graph, model) : cases(graph, model);
        String outputs = new LayerExport(graph, source(model.parameters(), model.statistics()), lengths)
                .append(network.layers(), network.input(), inputs);
        String means = means(graph, model.model().loss(), outputs);
        switch (model.preparation().target()) {
            case ClassTarget target -> classes(graph, target, means);
            case NumberTarget target -> numbers(graph, target, model.width(), means);
        }
        graph.describe("data", model.provenance().data());
        graph.describe("recipe", model.provenance().recipe());
        graph.describe("columns", String.join(",", model.features().names()));
        return graph.model(PRODUCER, LibraryVersion.get());
    }

    private static String cases(OnnxGraph graph, TrainedModel model) {
        Shape input = model.model().network().input();
        FeatureEncoding encoding = model.preparation().features();
        String rows = FEATURES;
        if (isPlain(encoding)) {
            graph.input(FEATURES, Type.FLOAT, encoding.width());
        } else {
            rows = new PreparationExport(graph).append(encoding);
        }
        return input instanceof Shape.Features ? rows : graph.add("Reshape", rows, shape(graph, axes(input)));
    }

    private static String sequences(OnnxGraph graph, TrainedModel model) {
        Network network = model.model().network();
        FeatureEncoding encoding = model.preparation().features();
        int steps = steps(network, sequence(network));
        if (isPlain(encoding)) {
            graph.input(FEATURES, Type.FLOAT, steps, encoding.width());
            return FEATURES;
        }
        String rows = new PreparationExport(graph, steps).append(encoding);
        String shape = graph.fresh("Concat");
        graph.add(new OnnxNode("Concat",
                List.of(graph.add("Shape", SequenceLengths.NAME), graph.longs("row", steps, encoding.width())),
                List.of(shape)).with("axis", 0));
        return graph.add("Reshape", rows, shape);
    }

    private static boolean isPlain(FeatureEncoding encoding) {
        return encoding.encoders().stream().allMatch(encoder -> encoder instanceof NumberEncoder number
                && number.scale().equals(AffineMap.IDENTITY)
                && Double.isNaN(number.fill()));
    }

    private static String shape(OnnxGraph graph, int... axes) {
        return graph.longs("shape", IntStream.concat(IntStream.of(-1), IntStream.of(axes)).asLongStream().toArray());
    }

    private static String means(OnnxGraph graph, Loss loss, String outputs) {
        return switch (loss) {
            case SquaredError squared -> outputs;
            case SigmoidCrossEntropy sigmoid -> graph.add("Sigmoid", outputs);
            case SoftmaxCrossEntropy softmax -> graph.add("Softmax", outputs);
            default -> throw new InputException("predictions of the loss " + loss + " cannot be expressed in ONNX");
        };
    }

    private static void classes(OnnxGraph graph, ClassTarget target, String means) {
        int classes = target.classes().size();
        String flat = graph.add("Reshape", means, shape(graph, classes));
        named(graph, flat, "probabilities");
        graph.output("probabilities", Type.FLOAT, classes);
        String best = graph.fresh("ArgMax");
        graph.add(new OnnxNode("ArgMax", List.of("probabilities"), List.of(best)).with("axis", 1).with("keepdims", 0));
        graph.add(new OnnxNode(OnnxNode.MACHINE_LEARNING, "LabelEncoder", List.of(best), List.of("label"))
                .with("keys_int64s", IntStream.range(0, classes).asLongStream().toArray())
                .with("values_strings", target.classes()));
        graph.output("label", Type.STRING);
    }

    /// y / factor + shift
    private static void numbers(OnnxGraph graph, NumberTarget target, int width, String means) {
        double[] factor = new double[width];
        double[] shift = new double[width];
        for (int j = 0; j < width; j++) {
            AffineMap scale = target.scales().get(j % target.width());
            factor[j] = 1 / scale.factor();
            shift[j] = scale.shift();
        }
        String flat = graph.add("Reshape", means, shape(graph, width));
        String product = graph.add("Mul", flat, graph.floats("factor", ParameterSource.floats(factor), width));
        String sum = graph.add("Add", product, graph.floats("shift", ParameterSource.floats(shift), width));
        named(graph, sum, "prediction");
        graph.output("prediction", Type.FLOAT, width);
    }
}
