package io.quadric.bench;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/// Gradient and curvature products of the MNIST autoencoder 784-1000-500-250-30-mirror (ReLU, linear code, sigmoid
/// cross-entropy; Ren 2022, §2.8.2), against the matrix products that a gradient cannot do without.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "--add-modules=jdk.incubator.vector")
public class AutoencoderBenchmark {
    private static final int[] WIDTHS = {784, 1000, 500, 250, 30, 250, 500, 1000, 784};
    private static final int CODE = 4;

    /// Cases of the batch.
    @Param("1000")
    public int cases;

    /// The element type.
    @Param("FLOAT32")
    public Precision precision;

    /// Threads of the workspace.
    @Param({"1", "2"})
    public int threads;

    private Workspace ws;
    private Model model;
    private Parameters parameters;
    private Batch batch;
    private Vector direction;
    private Vector result;
    private Linearization at;
    private Workspace.Frame frame;
    private SelfAdjointOperator hessian;

    /// The network of the benchmark.
    static Network network() {
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < WIDTHS.length; i++) {
            layers.add(new DenseLayer(WIDTHS[i], true));
            if (i != CODE && i != WIDTHS.length - 1) {
                layers.add(new Activation(ElementaryFunction.RELU));
            }
        }
        return new Network(new Shape.Features(WIDTHS[0]), layers);
    }

    /// Makes random inputs and parameters, and one linearization for the products.
    @Setup
    public void setUp() {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        ws = Workspace.withThreads(threads);
        model = new Model(network(), new SigmoidCrossEntropy());
        parameters = model.network().initialize(Initializer.glorot(), precision, random);
        Matrix inputs = Matrix.zeros(precision, cases, WIDTHS[0]);
        Sampling.uniform(0, 1, random, inputs);
        batch = new Batch(inputs, inputs);
        direction = model.network()
                .initialize(Initializer.glorot(), precision, random)
                .values();
        result = Vector.zeros(precision, direction.size());
        at = Linearization.at(model, parameters, batch, ws);
        frame = ws.open();
        hessian = at.hessian(frame);
    }

    /// Gives everything back.
    @TearDown
    public void tearDown() {
        frame.close();
        at.close();
        ws.close();
    }

    /// The products of one forward and one backward pass, alone: Y = XWᵀ, dW = dYᵀX, and dX = dYW but for the first
    /// layer.
    @Benchmark
    public void matrixProductsOfAGradient() {
        for (AffineBlock block : model.network().layout().blocks()) {
            try (var scratch = ws.open()) {
                Matrix x = scratch.matrix(precision, cases, block.inputs());
                Matrix y = scratch.matrix(precision, cases, block.outputs());
                Matrix w = block.weight().matrixOf(parameters.values());
                Gemm.SET.multiply(x, w.t(), y, ws);
                Gemm.SET.multiply(y.t(), x, block.weight().matrixOf(result), ws);
                if (block.index() > 0) {
                    Gemm.SET.multiply(y, w, x, ws);
                }
            }
        }
    }

    /// Forward pass, loss, backward pass.
    @Benchmark
    public void gradient() {
        try (var here = Linearization.at(model, parameters, batch, ws)) {
            here.loss();
            here.gradient(result);
        }
    }

    /// Gauss-Newton product with the activations cached.
    @Benchmark
    public void gaussNewtonProduct() {
        at.gaussNewton().apply(direction, result, ws);
    }

    /// Hessian product with the activations cached.
    @Benchmark
    public void hessianProduct() {
        hessian.apply(direction, result, ws);
    }
}
