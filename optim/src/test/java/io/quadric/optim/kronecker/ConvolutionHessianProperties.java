package io.quadric.optim.kronecker;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.optim.Problem;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.constraints.IntRange;

/// Theorem 3 (ii) of Ren (2022): for one case the Hessian of a convolution's W̄ is Σ over positions t, t' of
/// (āₜāₜ'ᵀ) ⊗ ∂²f/∂hₜ∂hₜ'.
class ConvolutionHessianProperties {
    private static final int SIDE = 4;
    private static final int KERNEL = 2;
    private static final int PLACES = (SIDE - KERNEL + 1) * (SIDE - KERNEL + 1);

    private final Workspace ws = Workspace.serial();

    private static List<Layer> above() {
        return List.of(new Activation(ElementaryFunction.TANH), new DenseLayer(3, true),
                new Activation(ElementaryFunction.TANH), new DenseLayer(2, true));
    }

    private static Matrix gaussian(int rows, int columns, RandomGenerator random) {
        Matrix m = Matrix.zeros(Precision.FLOAT64, rows, columns);
        Sampling.gaussian(0, 1, random, m);
        return m;
    }

    @Property(tries = 25, seed = "1", shrinking = ShrinkingMode.OFF)
    void theHessianIsASumOfKroneckerProducts(
            @ForAll long seed, @ForAll @IntRange(min = 1, max = 3) int in,
            @ForAll @IntRange(min = 1, max = 3) int out) {
        RandomGenerator random = Problem.random(seed);
        Matrix image = gaussian(1, in * SIDE * SIDE, random);
        Matrix targets = Matrix.zeros(Precision.FLOAT64, 1, 2).fill(0.3);
        Window window = new Window(KERNEL, KERNEL, 1, 1, 0, 0);
        Network whole = network(new Shape.Image(in, SIDE, SIDE),
                List.of(new ConvolutionLayer(out, window, true), new FlattenLayer()));
        Parameters theta = whole.initialize(Initializer.glorot(), Precision.FLOAT64, random);
        int own = out * (in * KERNEL * KERNEL + 1);
        Vector v = Vector.zeros(Precision.FLOAT64, theta.values().size());
        v.slice(0, own).copyFrom(gaussian(1, own, random).flat());
        double[] got = hessianProduct(whole, theta, new Batch(image, targets), v).slice(0, own).toArray();

        double[][] patches = patches(image.flat().toArray(), in);
        double[] h = outputs(theta.values().toArray(), patches, out);
        double[] u = outputs(v.toArray(), patches, out);
        double[] gu = hessianOfOutputs(theta, own, h, u, targets);
        assertArrayEquals(gradient(gu, patches, out), got, 1e-11);
    }

    private static Network network(Shape input, List<Layer> first) {
        return new Network(input, Stream.concat(first.stream(), above().stream()).toList());
    }

    private Vector hessianProduct(Network network, Parameters theta, Batch batch, Vector v) {
        Vector product = v.copy();
        try (var at = Linearization.at(new Model(network, new SigmoidCrossEntropy()), theta, batch, ws);
                var frame = ws.open()) {
            at.hessian(frame).apply(v, product, ws);
        }
        return product;
    }

    /// āₜ for every place, in the order of the weight's columns, with 1 at the end.
    private static double[][] patches(double[] image, int in) {
        int side = SIDE - KERNEL + 1;
        double[][] patches = new double[PLACES][in * KERNEL * KERNEL + 1];
        for (int t = 0; t < PLACES; t++) {
            for (int j = 0; j < in * KERNEL * KERNEL; j++) {
                int channel = j / (KERNEL * KERNEL);
                int row = t / side + j / KERNEL % KERNEL;
                int column = t % side + j % KERNEL;
                patches[t][j] = image[(channel * SIDE + row) * SIDE + column];
            }
            patches[t][in * KERNEL * KERNEL] = 1;
        }
        return patches;
    }

    /// W̄āₜ for all places, channel by channel.
    private static double[] outputs(double[] flat, double[][] patches, int out) {
        int n = patches[0].length - 1;
        double[] h = new double[out * PLACES];
        for (int i = 0; i < out; i++) {
            for (int t = 0; t < PLACES; t++) {
                h[i * PLACES + t] = flat[out * n + i];
                for (int j = 0; j < n; j++) {
                    h[i * PLACES + t] += flat[i * n + j] * patches[t][j];
                }
            }
        }
        return h;
    }

    /// ∂²f/∂h² u: h is the bias of a dense layer whose input is 0.
    private double[] hessianOfOutputs(Parameters theta, int own, double[] h, double[] u, Matrix targets) {
        Network rest = network(new Shape.Features(1), List.of(new DenseLayer(h.length, true)));
        Vector at = Vector.zeros(Precision.FLOAT64, rest.layout().size());
        at.slice(h.length, 2 * h.length).copyFrom(Vector.of(h));
        at.slice(2 * h.length, at.size()).copyFrom(theta.values().slice(own, theta.values().size()));
        Vector v = Vector.zeros(Precision.FLOAT64, at.size());
        v.slice(h.length, 2 * h.length).copyFrom(Vector.of(u));
        Batch nothing = new Batch(Matrix.zeros(Precision.FLOAT64, 1, 1), targets);
        return hessianProduct(rest, new Parameters(rest.layout(), at), nothing, v)
                .slice(h.length, 2 * h.length).toArray();
    }

    /// Σₜ wₜāₜᵀ, first the weight, then the bias.
    private static double[] gradient(double[] w, double[][] patches, int out) {
        int n = patches[0].length - 1;
        double[] flat = new double[out * (n + 1)];
        for (int i = 0; i < out; i++) {
            for (int t = 0; t < PLACES; t++) {
                for (int j = 0; j <= n; j++) {
                    flat[j < n ? i * n + j : out * n + i] += w[i * PLACES + t] * patches[t][j];
                }
            }
        }
        return flat;
    }
}
