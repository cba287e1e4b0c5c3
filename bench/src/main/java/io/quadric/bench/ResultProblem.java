package io.quadric.bench;

import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.train.Problem;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// A problem of [ResultSuite].
///
/// @param name what it is called
/// @param load reads it
/// @param batch cases of a batch of the first-order methods
/// @param seconds of a run
record ResultProblem(String name, Source load, int batch, double seconds) {
    private static final int FEATURES = 20;
    private static final int CASES = 4000;

    /// Model, data, and what draws the first parameters.
    ///
    /// @param problem model and data
    /// @param initializer of the first parameters
    record Loaded(Problem problem, Initializer initializer) {}

    /// Reads a problem.
    interface Source {
        /// Model and data.
        Loaded load();
    }

    /// Those that need no files, then those of a folder with `mnist`, `cifar10` and `libsvm`, as far as it has them.
    ///
    /// @param folder the folder, if there is one
    static List<ResultProblem> all(Optional<Path> folder) {
        List<ResultProblem> all = new ArrayList<>(List.of(
                new ResultProblem("digits-classifier", preset("digits-classifier", "digits"), 100, 2),
                new ResultProblem("digits-autoencoder", preset("digits-autoencoder", "digits"), 100, 4),
                new ResultProblem("digits-lstm", preset("digits-lstm", "digits"), 100, 6),
                new ResultProblem("regression", () -> regression(false), 100, 2),
                new ResultProblem("regression-ill-scaled", () -> regression(true), 100, 2),
                new ResultProblem("curves", preset("curves-autoencoder", "curves,cases=5000"), 250, 15),
                new ResultProblem("addition-30", sequence("addition"), 250, 15),
                new ResultProblem("temporal-order-30", sequence("temporal-order-2"), 250, 15)));
        folder.ifPresent(data -> {
            if (!Files.isDirectory(data)) {
                throw new InputException(data + ": no folder, expected one with mnist, cifar10 or libsvm, or -");
            }
            Path mnist = data.resolve("mnist");
            Path libsvm = data.resolve("libsvm");
            Path cifar = data.resolve("cifar10");
            if (Files.exists(mnist)) {
                String some = "first:" + mnist + ",cases=10000";
                all.add(new ResultProblem("mnist-classifier", preset("mnist-classifier", some), 100, 8));
                all.add(new ResultProblem("mnist-autoencoder", preset("mnist-autoencoder", some), 250, 30));
            }
            if (Files.exists(libsvm)) {
                all.add(new ResultProblem("a9a", () -> table(libsvm.resolve("a9a.gz")), 250, 3));
                all.add(new ResultProblem("mushrooms", () -> table(libsvm.resolve("mushrooms.gz")), 100, 2));
            }
            if (Files.exists(cifar)) {
                String some = "first:" + cifar + ",cases=2000";
                all.add(new ResultProblem("cifar-residual", preset("cifar-residual-small", some), 100, 30));
            }
        });
        return all;
    }

    private static Source preset(String model, String data) {
        return () -> loaded(Presets.named(model), data);
    }

    private static Source sequence(String problem) {
        String data = "problem:" + problem + ",length=30,cases=4000";
        return () -> loaded(Presets.forData(DataSource.named(data)), data);
    }

    private static Loaded loaded(ModelSpec spec, String data) {
        Dataset dataset = spec.load(data, Precision.FLOAT32);
        return new Loaded(
                new Problem(spec.model(), dataset), Initialization.GLOROT.initializer(spec.initialization()));
    }

    /// A layer of 50 tanh units before the classes.
    private static Loaded table(Path file) {
        Dataset data = DataSource.named(file.toString()).load(new Task.Given(), Precision.FLOAT32);
        int outputs = data.train().form().targets();
        Loss loss = outputs == 1 ? new SigmoidCrossEntropy() : new SoftmaxCrossEntropy();
        return dense(data, loss, 50);
    }

    private static Loaded dense(Dataset data, Loss loss, int... hidden) {
        List<Layer> layers = new ArrayList<>();
        for (int units : hidden) {
            layers.add(new DenseLayer(units, true));
            layers.add(new Activation(ElementaryFunction.TANH));
        }
        layers.add(new DenseLayer(data.train().form().targets(), true));
        Network network = new Network(new Shape.Features(data.train().form().inputs()), layers);
        return new Loaded(new Problem(new Model(network, loss), data), Initializer.glorot());
    }

    /// t = sin 2x₀ + x₁x₂ + ½|x₃| + 0.3x₄² and a little noise, of twenty normal features; ill-scaled, feature j is
    /// multiplied by 10^(−(j mod 4)).
    private static Loaded regression(boolean illScaled) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(3);
        Matrix x = Matrix.zeros(Precision.FLOAT32, CASES, FEATURES);
        Matrix t = Matrix.zeros(Precision.FLOAT32, CASES, 1);
        Sampling.gaussian(0, 1, random, x);
        for (int i = 0; i < CASES; i++) {
            double sum = Math.sin(2 * x.get(i, 0)) + x.get(i, 1) * x.get(i, 2) + 0.5 * Math.abs(x.get(i, 3));
            t.set(i, 0, sum + 0.3 * x.get(i, 4) * x.get(i, 4) + random.nextGaussian(0, 0.05));
        }
        for (int j = 0; illScaled && j < FEATURES; j++) {
            x.columns(j, j + 1).scale(Math.pow(10, -(j % 4)));
        }
        String name = illScaled ? "regression-ill-scaled" : "regression";
        Dataset data = new Dataset(
                name, new Task.Given(), new Shape.Features(FEATURES), new Batch(x, t), Optional.empty());
        return dense(data, new SquaredError(), 64, 64);
    }
}
