package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The example of the package's page, and a law of one's own.
class OwnModelTest {
    private static Subject mine() {
        Network network = new Network(
                new Shape.Features(6),
                List.of(new DenseLayer(8, true), new Activation(ElementaryFunction.TANH), new DenseLayer(3, true)));
        Model model = new Model(network, new SoftmaxCrossEntropy(), 0.01);
        return Subject.random("mine", model, 5, 1);
    }

    @Test
    void aModelIsHeldToTheLaws() {
        LawReport report = Laws.check(mine(), 1);
        assertTrue(report.holds(), report::toString);
        assertEquals(List.of(), report.warnings());
    }

    /// Softmax does not see what is added to all outputs of a case: rows of ∂L/∂z sum to 0.
    @Test
    void aLawOfOnesOwnJoins() {
        Law balanced = new Law("balanced", "Σ ∂L/∂z = 0 for every case", Bound.ROUNDING, probe -> {
            var dz = probe.outputsLike();
            probe.at().lossGradient(dz);
            double sum = 0;
            for (double element : dz.row(0).toArray()) {
                sum += element;
            }
            return OptionalDouble.of(Math.abs(sum));
        });
        LawReport report = Laws.check(List.of(balanced), Stream.of(mine()), 1);
        assertEquals("PASS", report.results().getFirst().verdict());
    }
}
