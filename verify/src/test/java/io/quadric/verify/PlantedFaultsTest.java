package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Activation;
import io.quadric.nn.BinaryMixture;
import io.quadric.nn.DenseLayer;
import io.quadric.nn.Layer;
import io.quadric.nn.Loss;
import io.quadric.nn.LstmLayer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.RecurrentLayer;
import io.quadric.nn.SequenceOutput;
import io.quadric.nn.Shape;
import io.quadric.nn.SigmoidCrossEntropy;
import io.quadric.nn.SoftmaxCrossEntropy;
import io.quadric.nn.SquaredError;
import io.quadric.nn.StateMemory;
import io.quadric.verify.FaultyLayer.Fault;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
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
            Fault.R_REPORT_TWICE);

    private static Stream<Layer> layers() {
        return Stream.of(
                Stream.of(new DenseLayer(4, true), new DenseLayer(3, false), new ScaleLayer()),
                recurrentLayers(),
                Arrays.stream(ElementaryFunction.values()).map(Activation::new))
                .flatMap(kind -> kind);
    }

    private static Stream<Layer> recurrentLayers() {
        return Stream.of(
                new RecurrentLayer(3, ElementaryFunction.TANH, SequenceOutput.ALL),
                new RecurrentLayer(3, ElementaryFunction.SOFTPLUS, false, SequenceOutput.LAST, StateMemory.CHECKPOINTS),
                new LstmLayer(2, SequenceOutput.ALL),
                new LstmLayer(2, false, SequenceOutput.LAST, StateMemory.CHECKPOINTS));
    }

    private static List<Shape> inputs(Layer layer) {
        List<Shape> all = List.of(new Shape.Features(4), new Shape.Sequence(3, 4));
        return recurrentLayers().anyMatch(layer::equals) ? all.subList(1, 2) : all;
    }

    /// Faults that change nothing: of parameters where there are none, of second derivatives where they are zero.
    private static boolean isHarmless(Layer layer, Fault fault) {
        if (!(layer instanceof Activation(ElementaryFunction function))) {
            return false;
        }
        boolean straight = function == ElementaryFunction.LINEAR
                || function == ElementaryFunction.RELU
                || function == ElementaryFunction.LEAKY_RELU;
        return OF_PARAMETERS.contains(fault) || straight && fault == Fault.R_BACKWARD_WITHOUT_SECOND_DERIVATIVE;
    }

    static Stream<Arguments> layerFaults() {
        return layers().flatMap(layer -> Arrays.stream(Fault.values()).map(fault -> Arguments.of(layer, fault)));
    }

    @ParameterizedTest
    @MethodSource("layerFaults")
    void everyFaultOfALayerIsCaught(Layer layer, Fault fault) {
        assumeFalse(isHarmless(layer, fault));
        for (Shape input : inputs(layer)) {
            Subject faulty = Subject.ofLayer(new FaultyLayer(layer, fault), input, 1);
            assertFalse(Laws.check(faulty, 1).holds(), () -> layer + " with " + fault + " on " + input);
        }
    }

    @ParameterizedTest
    @MethodSource("layers")
    void theLayerWithoutAFaultObeys(Layer layer) {
        for (Shape input : inputs(layer)) {
            LawReport report = Laws.check(Subject.ofLayer(layer, input, 1), 1);
            assertTrue(report.holds(), report::toString);
        }
    }

    static Stream<Arguments> lossFaults() {
        Stream<Loss> losses = Stream.of(
                new SquaredError(), new SigmoidCrossEntropy(), new SoftmaxCrossEntropy(), new BinaryMixture());
        return losses.flatMap(loss -> Arrays.stream(FaultyLoss.Fault.values())
                .filter(fault -> loss.isConvex() || !fault.name().startsWith("ROOT"))
                .map(fault -> Arguments.of(loss, fault)));
    }

    @ParameterizedTest
    @MethodSource("lossFaults")
    void everyFaultOfALossIsCaught(Loss loss, FaultyLoss.Fault fault) {
        for (Shape input : List.of(new Shape.Features(4), new Shape.Sequence(3, 4))) {
            Network network = new Network(input, List.of(new DenseLayer(3, true)));
            Subject faulty = Subject.random("", new Model(network, new FaultyLoss(loss, fault)), 4, 1);
            assertFalse(Laws.check(faulty, 1).holds(), () -> loss + " with " + fault + " on " + input);
        }
    }
}
