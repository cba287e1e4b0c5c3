package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.LinearOperator;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.BinaryMixture;
import io.quadric.nn.loss.SquaredError;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class NetworkTest {
    private final Workspace ws = Workspace.serial();

    private static Network network() {
        return new Network(
                new Shape.Features(4),
                List.of(
                        new DenseLayer(3, true),
                        new Activation(ElementaryFunction.TANH),
                        new DenseLayer(2, false)));
    }

    private static Batch batch(int cases, int inputs, int targets, Precision precision) {
        return new Batch(Matrix.zeros(precision, cases, inputs), Matrix.zeros(precision, cases, targets));
    }

    private static void assertRefused(Executable misuse, String... named) {
        String message = assertThrows(IllegalArgumentException.class, misuse).getMessage();
        for (String part : named) {
            assertTrue(message.contains(part), message);
        }
    }

    @Test
    void misshapenNetworksAreRefused() {
        Shape image = new Shape.Image(1, 2, 3);
        assertRefused(() -> new Network(image, List.of(new DenseLayer(3, true))), "layer 0", "[1, 2, 3]");
        assertRefused(() -> new Network(image, List.of()), "at least one layer");
        assertRefused(() -> new DenseLayer(0, true), "0");
        assertRefused(() -> new Model(network(), new BinaryMixture()), "3 outputs", "[2]");
        assertRefused(() -> new Model(network(), new SquaredError(), -1), "-1");
        assertRefused(() -> new Shape.Features(0), "0");
    }

    @Test
    void misshapenDataAreRefused() {
        Model model = new Model(network(), new SquaredError());
        Network wider = new Network(new Shape.Features(4), List.of(new DenseLayer(4, true)));
        Parameters others = Parameters.zeros(wider.layout(), Precision.FLOAT64);
        Parameters own = Parameters.zeros(model.network().layout(), Precision.FLOAT64);
        Batch good = batch(2, 4, 2, Precision.FLOAT64);
        assertRefused(() -> Linearization.at(model, others, good, ws), "0.weight[4, 4]", "0.weight[3, 4]");
        assertRefused(() -> Linearization.at(model, own, batch(2, 5, 2, Precision.FLOAT64), ws), "5", "4");
        assertRefused(() -> Linearization.at(model, own, batch(2, 4, 3, Precision.FLOAT64), ws), "3", "2");
        assertRefused(
                () -> Linearization.at(model, own, batch(2, 4, 2, Precision.FLOAT32), ws), "FLOAT32", "FLOAT64");
        assertRefused(() -> new Batch(good.inputs(), good.targets().rows(0, 1)), "2 × 4", "1 × 2");
        assertRefused(() -> batch(0, 4, 2, Precision.FLOAT64), "at least one");
    }

    @Test
    void equalNetworksTakeEachOthersParameters() {
        Model model = new Model(network(), new SquaredError());
        Parameters parameters = network().initialize(Initializer.glorot(), Precision.FLOAT64, new Random(1));
        assertEquals(network().layout().hashCode(), model.network().layout().hashCode());
        Parameters own = new Parameters(model.network().layout(), parameters.values());
        Batch batch = batch(2, 4, 2, Precision.FLOAT64);
        batch.inputs().fill(1);
        try (var one = Linearization.at(model, parameters, batch, ws);
                var other = Linearization.at(model, own, batch, ws)) {
            assertTrue(one.loss() > 0);
            assertEquals(one.loss(), other.loss());
        }
    }

    /// Scratch that was given back is not read: each use of what lay in it throws.
    @Test
    void nothingIsUsedAfterItIsClosed() {
        Model model = new Model(network(), new SquaredError());
        Parameters parameters = network().initialize(Initializer.glorot(), Precision.FLOAT64, new Random(1));
        Vector v = Vector.zeros(Precision.FLOAT64, 21);
        Vector product = Vector.zeros(Precision.FLOAT64, 21);
        Linearization at = Linearization.at(model, parameters, batch(2, 4, 2, Precision.FLOAT64), ws);
        Workspace.Frame frame = ws.open();
        LinearOperator hessian = at.hessian(frame);
        hessian.apply(v, product, ws);
        frame.close();
        assertThrows(IllegalStateException.class, () -> hessian.apply(v, product, ws));
        LinearOperator gaussNewton = at.gaussNewton();
        at.close();
        List<Executable> uses = List.of(
                at::outputs,
                at::loss,
                () -> at.gradient(v),
                () -> gaussNewton.apply(v, product, ws),
                at::gaussNewton,
                at::close);
        uses.forEach(use -> assertThrows(IllegalStateException.class, use));
    }

    @Test
    void theLayoutNamesEveryParameter() {
        ParameterLayout layout = network().layout();
        assertEquals(
                List.of("0.weight", "0.bias", "2.weight"),
                layout.slices().stream().map(ParameterSlice::name).toList());
        assertEquals(
                List.of(0, 12, 15),
                layout.slices().stream().map(ParameterSlice::offset).toList());
        assertEquals(21, layout.size());
        AffineBlock first = layout.blocks().getFirst();
        AffineBlock second = layout.blocks().getLast();
        assertEquals(List.of(3, 4, 5), List.of(first.outputs(), first.inputs(), first.augmentedInputs()));
        assertEquals(List.of(1, 3, 3), List.of(second.index(), second.inputs(), second.augmentedInputs()));
        assertTrue(layout.directSlices().isEmpty());
        assertRefused(() -> layout.slice("1.weight"), "1.weight", "2.weight");
    }

    @Test
    void slicesAreViewsOfTheFlatVector() {
        Network network = network();
        Parameters parameters = Parameters.zeros(network.layout(), Precision.FLOAT64);
        parameters.update(theta -> network.layout().slice("0.weight").matrixOf(theta).set(2, 3, 5));
        assertEquals(5, parameters.values().get(11));
        assertEquals(5, parameters.get("0.weight").get(11));
        assertEquals(1, parameters.version());
    }
}
