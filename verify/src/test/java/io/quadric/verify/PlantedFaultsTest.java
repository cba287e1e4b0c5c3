package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AveragePoolingLayer;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.ElementwiseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.GlobalAveragePoolingLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.PadChannelsLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.NamedLoss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import io.quadric.verify.FaultyLayer.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The laws are worth what they catch: every fault in every layer and loss must break one of them.
class PlantedFaultsTest {
    private static final Set<Fault> OF_PARAMETERS = Set.of(
            Fault.JVP_WITHOUT_PARAMETERS,
            Fault.REPORT_SCALED,
            Fault.REPORT_DROPPED,
            Fault.R_REPORT_DROPPED,
            Fault.R_REPORT_TWICE,
            Fault.ROWS_JVP_OF_ONE,
            Fault.ROWS_REPORT_TWICE);

    static final Layer SINE = new ElementwiseLayer("sine", Math::sin, Math::cos, x -> -Math.sin(x));

    private static final Set<FaultyLoss.Fault> OF_CONVEX = Set.of(
            FaultyLoss.Fault.ROOT_SCALED,
            FaultyLoss.Fault.ROOT_COLUMN_MISSING,
            FaultyLoss.Fault.CURVATURE_SCALED);

    private static Stream<Layer> layers() {
        return Stream.concat(
                Stream.of(new DenseLayer(4, true), new DenseLayer(3, false), new ScaleLayer(), SINE),
                Arrays.stream(ElementaryFunction.values()).map(Activation::new));
    }

    private static Stream<Layer> recurrentLayers() {
        return Stream.of(
                new RecurrentLayer(3, ElementaryFunction.TANH, SequenceOutput.ALL),
                new RecurrentLayer(3, ElementaryFunction.SOFTPLUS, false, SequenceOutput.LAST, StateMemory.CHECKPOINTS),
                new LstmLayer(2, SequenceOutput.ALL),
                new LstmLayer(2, false, SequenceOutput.LAST, StateMemory.CHECKPOINTS));
    }

    private static List<Layer> imageLayers() {
        Layer convolution = new ConvolutionLayer(2, new Window(3, 2, 2, 1), true);
        Layer same = new ConvolutionLayer(2, new Window(3, 3, 1, 1), false);
        Layer tanh = new Activation(ElementaryFunction.TANH);
        return List.of(
                convolution,
                same,
                new MaxPoolingLayer(new Window(2, 2, 1, 0)),
                new AveragePoolingLayer(new Window(2, 3, 1, 1)),
                new GlobalAveragePoolingLayer(),
                new FlattenLayer(),
                new PadChannelsLayer(3),
                new BatchNormalizationLayer(0.1),
                new ResidualLayer(List.of(same, new BatchNormalizationLayer(0.1), tanh), List.of()),
                new ResidualLayer(List.of(convolution, tanh), List.of(convolution)));
    }

    private static List<Shape> plainInputs() {
        return List.of(new Shape.Features(4), new Shape.Sequence(3, 4));
    }

    /// The layers of all shapes, and those of sequences and images.
    static Stream<Arguments> layersWithInputs() {
        List<Shape> plain = plainInputs();
        Layer normalization = new BatchNormalizationLayer(0.2);
        return Stream.of(
                layers().map(layer -> Arguments.of(layer, plain)),
                recurrentLayers().map(layer -> Arguments.of(layer, List.of(new Shape.Sequence(4, 3)))),
                imageLayers().stream().map(layer -> Arguments.of(layer, List.of(new Shape.Image(2, 4, 5)))),
                Stream.of(Arguments.of(normalization, List.of(new Shape.Features(3)))),
                otherRegisteredLayers())
                .flatMap(s -> s);
    }

    /// Registered layers of classes that are not listed here, with arguments drawn at random.
    private static Stream<Arguments> otherRegisteredLayers() {
        Set<Class<?>> listed = Stream.of(layers(), recurrentLayers(), imageLayers().stream())
                .flatMap(s -> s)
                .map(Layer::getClass)
                .collect(Collectors.toSet());
        RandomLayers draw = new RandomLayers(RandomData.generator(1));
        return Registries.LAYERS.all().stream()
                .filter(kind -> !listed.contains(kind.type().type()))
                .map(kind -> Stream.<Shape>of(
                        new Shape.Features(4), new Shape.Sequence(4, 3), new Shape.Image(2, 4, 5))
                        .flatMap(input -> draw.of(kind, input).map(one -> Arguments.of(one, List.of(input))).stream())
                        .findFirst()
                        .orElseThrow());
    }

    static Stream<Layer> allLayers() {
        return layersWithInputs().map(row -> (Layer) row.get()[0]);
    }

    /// Faults that change nothing: of parameters where there are none, of second derivatives where they are zero.
    private static boolean isHarmless(Layer layer, Shape input, Fault fault) {
        if (fault == Fault.STATISTICS_SCALED && layer.statisticsSize(input) == 0) {
            return true;
        }
        if (!layer.parameters(input).isEmpty()) {
            return false;
        }
        boolean bent = !layer.hasKinks() && !isAffine(layer, input);
        return OF_PARAMETERS.contains(fault) || !bent && fault == Fault.R_BACKWARD_WITHOUT_SECOND_DERIVATIVE;
    }

    /// f(x + y) − f(x) − f(y) + f(0) = 0 at some x and y
    private static boolean isAffine(Layer layer, Shape input) {
        Network alone = new Network(input, List.of(layer));
        Matrix x = RandomData.direction(Precision.FLOAT64, input.size(), RandomData.generator(1)).asRow();
        Matrix y = RandomData.direction(Precision.FLOAT64, input.size(), RandomData.generator(2)).asRow();
        Matrix both = x.copy().axpby(1, y, 1);
        try (Workspace ws = Workspace.serial()) {
            Vector none = Vector.zeros(Precision.FLOAT64, alone.layout().size());
            double[] sum = RandomData.outputs(alone, none, both, ws)
                    .axpby(1, RandomData.outputs(alone, none, x.copy().fill(0), ws), 1)
                    .axpby(-1, RandomData.outputs(alone, none, x, ws), 1)
                    .axpby(-1, RandomData.outputs(alone, none, y, ws), 1)
                    .flat().toArray();
            return Errors.largest(sum) < 1e-9;
        }
    }

    static Stream<Arguments> layerFaults() {
        return layersWithInputs()
                .flatMap(row -> Arrays.stream(Fault.values())
                        .map(fault -> Arguments.of(row.get()[0], row.get()[1], fault)));
    }

    @ParameterizedTest
    @MethodSource("layerFaults")
    void everyFaultOfALayerIsCaught(Layer layer, List<Shape> inputs, Fault fault) {
        assumeFalse(isHarmless(layer, inputs.getFirst(), fault));
        for (Shape input : inputs) {
            Subject faulty = Subject.ofLayer(new FaultyLayer(layer, fault), input, 1);
            assertFalse(Obedience.of(faulty), () -> layer + " with " + fault + " on " + input);
        }
    }

    @ParameterizedTest
    @MethodSource("layersWithInputs")
    void theLayerWithoutAFaultObeys(Layer layer, List<Shape> inputs) {
        for (Shape input : inputs) {
            LawReport report = Laws.check(Subject.ofLayer(layer, input, 1), 1);
            assertTrue(report.holds(), report::toString);
        }
    }

    static Stream<Loss> losses() {
        return Registries.LOSSES.all().stream().map(NamedLoss::loss);
    }

    static Stream<Arguments> lossFaults() {
        return losses().flatMap(loss -> Arrays.stream(FaultyLoss.Fault.values())
                .filter(fault -> loss.isConvex() || !OF_CONVEX.contains(fault))
                .filter(fault -> fault != FaultyLoss.Fault.DIAGONAL_CLAIMED || !isDiagonal(loss))
                .map(fault -> Arguments.of(loss, fault)));
    }

    private static boolean isDiagonal(Loss loss) {
        return loss instanceof SquaredError || loss instanceof SigmoidCrossEntropy;
    }

    @ParameterizedTest
    @MethodSource("lossFaults")
    void everyFaultOfALossIsCaught(Loss loss, FaultyLoss.Fault fault) {
        for (Shape input : plainInputs()) {
            Network network = new Network(input, List.of(new DenseLayer(3, true)));
            Subject faulty = Subject.random("", new Model(network, new FaultyLoss(loss, fault)), 4, 1);
            assertFalse(Obedience.of(faulty), () -> loss + " with " + fault + " on " + input);
        }
    }
}
