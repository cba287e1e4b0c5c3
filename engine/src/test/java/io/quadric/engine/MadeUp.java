package io.quadric.engine;

import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.DataSourceKind;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.engine.json.Preset;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.InitializerKind;
import io.quadric.nn.layer.ElementwiseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.ParameterSpec;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.LossPoint;
import io.quadric.nn.loss.NamedLoss;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.registry.Argument;
import io.quadric.nn.registry.Extension;
import io.quadric.nn.registry.Named;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.firstorder.Sgd;
import io.quadric.optim.recipe.Recipe;
import io.quadric.optim.step.DirectStep;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// One of everything, as the jar of a user would add it: all tests that run over a registry run over these too.
public final class MadeUp implements Extension {
    @Override
    public List<Named> entries() {
        return List.of(
                new LayerKind("sine", Sine.class),
                new NamedLoss("own-squares", new OwnSquares()),
                new InitializerKind("constant", Constant.class),
                new Recipe("slow-sgd", "Gradient descent of some patience", "nobody (2025)", new Slow(0.02)),
                new DataSourceKind("clouds", "two clouds of points, 'clouds,cases=50'", Clouds.class),
                Preset.json("clouds-classifier", "clouds", MadeUp.class));
    }

    /// y = sin(scale x)
    public record Sine(@Argument(otherwise = "1") double scale) implements Layer {
        @Override
        public Shape output(Shape input) {
            return input;
        }

        @Override
        public LayerPass open(LayerSite site, Matrix x, Matrix y) {
            return new ElementwiseLayer(
                    "sine",
                    u -> Math.sin(scale * u),
                    u -> scale * Math.cos(scale * u),
                    u -> -scale * scale * Math.sin(scale * u))
                    .open(site, x, y);
        }
    }

    /// Squared errors as a loss of one's own.
    public record OwnSquares() implements Loss {
        private static final Loss SQUARES = new SquaredError();

        @Override
        public Shape targets(Shape outputs) {
            return SQUARES.targets(outputs);
        }

        @Override
        public LossPoint at(Matrix z, Matrix t, Workspace.Frame frame) {
            return SQUARES.at(z, t, frame);
        }

        @Override
        public void sample(Matrix z, RandomGenerator random, Matrix t, Workspace ws) {
            SQUARES.sample(z, random, t, ws);
        }
    }

    /// All parameters the same.
    public record Constant(@Argument(otherwise = "0.1") double value) implements Initializer {
        @Override
        public void initialize(ParameterSpec spec, Matrix values, RandomGenerator random) {
            values.fill(value);
        }
    }

    /// Gradient descent.
    public record Slow(@Tunable("learning rate of the slow") double slowness) implements Optimizer {
        @Override
        public Run start(Start start) {
            return new Sgd(new DirectStep(slowness), 0.9, false).start(start);
        }
    }

    /// Points around (−1, 0) and (1, 0).
    public record Clouds(@Argument(otherwise = "40") int cases, @Argument(otherwise = "1") long seed)
            implements DataSource {
        /// Checks the number.
        public Clouds {
            if (cases < 1 || cases > 1_000_000) {
                throw new IllegalArgumentException("cases=" + cases + ", expected 1 to 1,000,000");
            }
        }

        @Override
        public Dataset load(Task task, Precision precision) {
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
            Matrix points = Matrix.zeros(precision, cases, 2);
            Matrix labels = Matrix.zeros(precision, cases, 2);
            for (int i = 0; i < cases; i++) {
                points.set(i, 0, i % 2 * 2 - 1 + 0.3 * random.nextGaussian());
                points.set(i, 1, random.nextGaussian());
                labels.set(i, i % 2, 1);
            }
            return new Dataset(name(), task, new Shape.Features(2), new Batch(points, labels), Optional.empty());
        }
    }
}
