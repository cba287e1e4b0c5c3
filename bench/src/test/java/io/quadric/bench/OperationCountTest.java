package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.engine.json.Presets;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Window;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Counts by hand.
class OperationCountTest {
    private static final double EXACT = 0;

    @Test
    void theFloorOfTheAutoencoderIsThePublishedOne() {
        OperationCount count = OperationCount.of(Presets.named("mnist-autoencoder").model().network());
        assertEquals(2_833_000, count.forward(), EXACT);
        assertEquals(7_715_000, count.gradient(), EXACT);
        assertEquals(1.27, count.gaussNewtonFloor(), 0.005);
        assertEquals(1.80, count.hessianFloor(), 0.005);
    }

    @Test
    void aConvolutionCountsEveryPlaceAndALayerWithoutParametersNothing() {
        ConvolutionLayer convolution = new ConvolutionLayer(4, new Window(3, 3, 2, 1), true);
        Network network = new Network(
                new Shape.Image(2, 6, 8),
                List.of(
                        new Activation(ElementaryFunction.TANH),
                        convolution,
                        new FlattenLayer(),
                        new DenseLayer(5, true)));
        double images = 4 * (2 * 9) * (3 * 4);
        double dense = 5 * (4 * 3 * 4);
        assertEquals(
                new OperationCount(
                        images + dense, images + 2 * dense, images + 2 * dense, images + 4 * dense),
                OperationCount.of(network));
    }

    @Test
    void bothPathsOfAResidualLayerReadTheInputsOfTheNetwork() {
        ResidualLayer residual = new ResidualLayer(
                List.of(new DenseLayer(3, true), new DenseLayer(7, true)), List.of(new DenseLayer(7, false)));
        OperationCount count = OperationCount.of(new Network(new Shape.Features(2), List.of(residual)));
        assertEquals(6 + 21 + 14, count.forward(), EXACT);
        assertEquals(6 + 2 * 21 + 14, count.backward(), EXACT);
    }

    @Test
    void aRecurrentLayerCountsEveryStepWhateverLeavesIt() {
        Network network = new Network(
                new Shape.Sequence(5, 2),
                List.of(new RecurrentLayer(3, ElementaryFunction.TANH, SequenceOutput.LAST)));
        double input = 5 * 3 * 2;
        double state = 5 * 3 * 3;
        assertEquals(
                new OperationCount(input + state, input + 2 * state, input + 2 * state, input + 4 * state),
                OperationCount.of(network));
    }
}
