package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SquaredError;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A check at parameters that prove nothing says so.
class WarningTest {
    private static List<Warning> warnings(double scale) {
        Network network = new Network(
                new Shape.Features(4),
                List.of(new DenseLayer(5, true), new Activation(ElementaryFunction.TANH), new DenseLayer(2, true)));
        Subject plain = Subject.random("three layers", new Model(network, new SquaredError()), 6, 1);
        Parameters scaled = plain.parameters().copy(plain.parameters().values().precision());
        scaled.update(theta -> network.slices(0).forEach(slice -> slice.of(theta).scale(scale)));
        LawReport report = Laws.check(new Subject(plain.name(), plain.model(), scaled, plain.batch()), 1);
        assertTrue(report.holds(), report::toString);
        report.warnings().forEach(w -> assertEquals("three layers", w.subject()));
        return report.warnings();
    }

    @Test
    void parametersOfAReasonableScaleAreFine() {
        assertEquals(List.of(), warnings(1));
    }

    @Test
    void saturatedUnitsAreNamed() {
        List<Warning> warnings = warnings(1000);
        assertTrue(warnings.getFirst().text().contains("0.weight, 0.bias"), warnings::toString);
    }

    @Test
    void anActivationThatDoesNotBendIsNamed() {
        List<Warning> warnings = warnings(1e-5);
        assertEquals(1, warnings.size(), warnings::toString);
        assertTrue(warnings.getFirst().text().startsWith("layer 1, Activation"), warnings::toString);
    }

    @Test
    void anythingLinearInItsParametersNeedsNoWarning() {
        Network network = new Network(new Shape.Features(3), List.of(new DenseLayer(2, true)));
        Subject linear = Subject.random("linear", new Model(network, new SquaredError()), 4, 1);
        assertEquals(List.of(), Laws.check(linear, 1).warnings());
    }
}
