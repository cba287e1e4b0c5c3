package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.engine.json.ModelJson;
import io.quadric.engine.json.Presets;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Window;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.MultiplyAdds;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.registry.Extension;
import io.quadric.nn.registry.Named;
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

    /// Adds a layer that counts its own products: of the time steps with one another.
    public static final class Bilinear implements Extension {
        @Override
        public List<Named> entries() {
            return List.of(new LayerKind("bilinear", Steps.class));
        }

        /// Y = (X Xᵀ) X
        public record Steps() implements Layer {
            @Override
            public Shape output(Shape input) {
                return input;
            }

            @Override
            public MultiplyAdds multiplyAdds(Shape input) {
                Shape.Sequence s = (Shape.Sequence) input;
                return new MultiplyAdds(2.0 * s.length() * s.length() * s.features(), 0);
            }

            @Override
            public LayerPass open(LayerSite site, Matrix x, Matrix y) {
                throw new UnsupportedOperationException("only counted here");
            }
        }
    }

    @Test
    void aRegisteredLayerIsReadAndCounted() {
        String json = """
                {"network": {"input": {"sequence": [5, 2]},
                             "layers": [{"type": "bilinear"}, {"type": "dense", "units": 3}, {"type": "bilinear"}]},
                 "loss": "squared-error", "targets": "given"}""";
        OperationCount count = OperationCount.of(ModelJson.parse("here", json).model().network());
        assertEquals(2 * 25 * 2 + 5 * 6 + 2 * 25 * 3, count.forward(), EXACT);
        assertEquals(2 * 25 * 2 + 5 * 6 + 2 * (2 * 25 * 3), count.backward(), EXACT);
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
