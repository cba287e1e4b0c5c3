package io.quadric.nn;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class LinearizationTest {
    private final RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(11);
    private final Model model = new Model(
            new Network(
                    new Shape.Features(30),
                    List.of(
                            new DenseLayer(40, true),
                            new Activation(ElementaryFunction.TANH),
                            new DenseLayer(10, true))),
            new SoftmaxCrossEntropy(),
            0.01);
    private final Parameters parameters = model.network().initialize(Initializer.glorot(), Precision.FLOAT64, random);
    private final Batch batch = batch(400);

    private Batch batch(int cases) {
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, cases, 30);
        Sampling.gaussian(0, 1, random, inputs);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, cases, 10);
        for (int i = 0; i < cases; i++) {
            targets.set(i, random.nextInt(10), 1);
        }
        return new Batch(inputs, targets);
    }

    private Vector flat() {
        return Vector.zeros(Precision.FLOAT64, model.network().layout().size());
    }

    @Test
    void itRefusesToWorkOnceTheParametersMoved() {
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(model, parameters, batch, ws);
                var frame = ws.open()) {
            Matrix rz = Matrix.zeros(Precision.FLOAT64, 400, 10);
            var gaussNewton = at.gaussNewton();
            var hessian = at.hessian(frame);
            parameters.update(theta -> theta.scale(1));
            List<Executable> verbs = List.of(
                    at::loss,
                    () -> at.gradient(flat()),
                    () -> at.lossGradient(rz),
                    () -> at.sampledLossGradient(random, rz),
                    () -> at.hessianRoot(0, rz),
                    () -> at.jvp(flat(), rz),
                    () -> at.vjp(rz, flat()),
                    () -> at.backward(rz, Sink.NONE),
                    () -> at.empiricalFisherDiagonal(flat()),
                    () -> gaussNewton.apply(flat(), flat(), ws),
                    () -> hessian.apply(flat(), flat(), ws),
                    () -> GaussNewtonDiagonal.exact(at, flat()),
                    () -> GaussNewtonDiagonal.estimate(at, random, flat()),
                    () -> CaseGradients.of(at, Matrix.zeros(Precision.FLOAT64, 400, flat().size())),
                    () -> HessianBlock.all(at),
                    () -> KfraFactors.outputFactors(at));
            verbs.forEach(verb -> assertThrows(IllegalStateException.class, verb));
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        assertArrayEquals(everything(1), everything(2));
    }

    private double[] everything(int threads) {
        List<double[]> results = new ArrayList<>();
        Vector v = flat();
        Sampling.gaussian(0, 1, RandomGeneratorFactory.of("L64X128MixRandom").create(1), v.asRow());
        try (Workspace ws = Workspace.withThreads(threads);
                var at = Linearization.at(model, parameters, batch, ws);
                var frame = ws.open()) {
            Vector result = flat();
            results.add(new double[]{at.loss()});
            at.gradient(result);
            results.add(result.toArray());
            at.gaussNewton().apply(v, result, ws);
            results.add(result.toArray());
            at.hessian(frame).apply(v, result, ws);
            results.add(result.toArray());
            at.empiricalFisherDiagonal(result);
            results.add(result.toArray());
        }
        return results.stream().flatMapToDouble(Arrays::stream).toArray();
    }

    @Test
    void precisionsAgree() {
        Batch narrow = new Batch(
                batch.inputs().copy(Precision.FLOAT32), batch.targets().copy(Precision.FLOAT32));
        try (Workspace ws = Workspace.serial();
                var wide = Linearization.at(model, parameters, batch, ws);
                var single = Linearization.at(model, parameters.copy(Precision.FLOAT32), narrow, ws)) {
            assertEquals(wide.loss(), single.loss(), 1e-5 * wide.loss());
            Vector expected = flat();
            Vector got = expected.copy(Precision.FLOAT32);
            wide.gradient(expected);
            single.gradient(got);
            assertArrayEquals(expected.toArray(), got.toArray(), 1e-5);
        }
    }

    @Test
    void gradientsOfCasesNeedTheirRoom() {
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(model, parameters, batch(3), ws)) {
            Matrix small = Matrix.zeros(Precision.FLOAT64, 2, flat().size());
            var e = assertThrows(IllegalArgumentException.class, () -> CaseGradients.of(at, small));
            assertTrue(e.getMessage().contains("3 cases") && e.getMessage().contains("2 ×"), e::getMessage);
        }
    }

    /// Two arrays that do not follow each other: rows and columns of the dense matrix.
    @Test
    void aBlockIsASubmatrix() {
        ParameterLayout layout = model.network().layout();
        ParameterSlice first = layout.slice("0.bias");
        ParameterSlice second = layout.slice("2.bias");
        ParameterBlock block = new ParameterBlock(List.of(first, second));
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(model, parameters, batch(5), ws)) {
            double[][] whole = at.gaussNewton().toDense(ws).toArray();
            for (var restricted : List.of(
                    new BlockRestricted(at.gaussNewton(), block), at.gaussNewton().restrictedTo(block))) {
                double[][] part = restricted.toDense(ws).toArray();
                assertEquals(50, part.length);
                for (int i = 0; i < 50; i++) {
                    int row = i < 40 ? first.offset() + i : second.offset() + i - 40;
                    assertEquals(whole[row][first.offset() + 3], part[i][3], 1e-15);
                    assertEquals(whole[row][second.offset() + 7], part[i][47], 1e-15);
                }
            }
        }
    }

    @Test
    void misshapenBlocksAreRefused() {
        Network small = new Network(new Shape.Features(3), List.of(new DenseLayer(2, true)));
        ParameterBlock strange = new ParameterBlock(small.layout().slices());
        assertThrows(IllegalArgumentException.class, () -> new ParameterBlock(List.of()));
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(model, parameters, batch(5), ws)) {
            assertThrows(IllegalArgumentException.class, () -> at.gaussNewton().restrictedTo(strange));
            try (var other = Linearization.at(
                    new Model(small, new SoftmaxCrossEntropy()),
                    Parameters.zeros(small.layout(), Precision.FLOAT64),
                    new Batch(Matrix.zeros(Precision.FLOAT64, 1, 3), Matrix.zeros(Precision.FLOAT64, 1, 2)),
                    ws)) {
                ParameterBlock large = new ParameterBlock(parameters.layout().slices());
                assertThrows(IllegalArgumentException.class, () -> new BlockRestricted(other.gaussNewton(), large));
            }
        }
    }

    /// A product with a block goes through the layers from the block on: to the output and back to the block.
    @Test
    void aBlockIsWalkedFromItsFirstLayerOn() {
        List<AtomicInteger> passes = Stream.generate(AtomicInteger::new).limit(4).toList();
        Network network = new Network(
                new Shape.Features(6),
                passes.stream().<Layer>map(counter -> new CountingLayer(new DenseLayer(6, true), counter)).toList());
        Model counted = new Model(network, new SquaredError());
        Parameters theta = network.initialize(Initializer.glorot(), Precision.FLOAT64, random);
        ParameterBlock third = new ParameterBlock(network.slices(2));
        Matrix x = Matrix.zeros(Precision.FLOAT64, 3, 6);
        Vector v = Vector.zeros(Precision.FLOAT64, third.size()).fill(1);
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(counted, theta, new Batch(x, x), ws);
                var frame = ws.open()) {
            for (CurvatureOperator curvature : List.of(at.gaussNewton(), at.hessian(frame))) {
                passes.forEach(counter -> counter.set(0));
                curvature.restrictedTo(third).apply(v, v.copy(), ws);
                assertEquals(List.of(0, 0, 2, 2), passes.stream().map(AtomicInteger::get).toList());
            }
        }
    }
}
