package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ShrinkerTest {
    private static Law law(String name) {
        return Laws.all().stream().filter(law -> law.name().equals(name)).findFirst().orElseThrow();
    }

    /// A faulty activation deep in a network needs nothing around it but what makes its error show.
    @Test
    void aPlantedFaultIsLeftAlmostAlone() {
        Layer faulty = new FaultyLayer(
                new Activation(ElementaryFunction.TANH), FaultyLayer.Fault.R_BACKWARD_WITHOUT_SECOND_DERIVATIVE);
        Network network = new Network(
                new Shape.Features(6),
                List.of(
                        new DenseLayer(5, true),
                        new Activation(ElementaryFunction.LOGISTIC),
                        new DenseLayer(4, true),
                        faulty,
                        new DenseLayer(4, true),
                        new Activation(ElementaryFunction.SOFTPLUS),
                        new DenseLayer(3, true)));
        Subject failing = Subject.random("large", new Model(network, new SoftmaxCrossEntropy(), 0.1), 8, 1);
        Law law = law("hessian-differences");
        Subject small = Shrinker.shrink(failing, law, 1);
        assertFalse(Laws.check(List.of(law), Stream.of(small), 1).holds());
        assertEquals(1, small.batch().cases());
        assertEquals(0, small.model().l2());
        assertTrue(small.model().network().layers().contains(faulty), small::name);
        assertTrue(small.model().network().layers().size() <= 2, small::name);
        assertTrue(small.parameters().values().size() <= 6, small::name);
    }

    /// Whatever the layers are; images keep a layer that makes features of them.
    @Test
    void everyRandomNetworkGetsAsSmallAsItCan() {
        for (Subject subject : RandomNetworks.many(40, 6).toList()) {
            Subject small = Shrinker.shrink(subject, s -> true);
            assertTrue(small.model().network().layers().size() <= 2, small::name);
            assertEquals(1, small.batch().cases());
            assertTrue(small.model().network().input().size() <= 3, small::name);
        }
    }

    @Test
    void whatCannotShrinkStays() {
        Network network = new Network(new Shape.Features(1), List.of(new DenseLayer(1, false)));
        Subject least = Subject.random("", new Model(network, new SoftmaxCrossEntropy()), 1, 1);
        assertSame(least, Shrinker.shrink(least, s -> true));
        Subject large = RandomNetworks.of(1);
        assertSame(large, Shrinker.shrink(large, s -> false));
    }
}
