package io.quadric.bench;

import io.quadric.engine.json.Presets;
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
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Shape;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Gradient, Gauss-Newton product and Hessian product of whole networks beside the floors of their ratios, and
/// convolutions beside plain matrix products, to `bench/results/<date>-networks.md`.
public final class NetworkSuite {
    private static final Precision PRECISION = Precision.FLOAT32;
    private static final int BATCH = 128;

    private NetworkSuite() {}

    /// A preset and the cases of its batch.
    private record Subject(String preset, int cases) {}

    private static final List<Subject> SUBJECTS = List.of(
            new Subject("mnist-autoencoder", 1000),
            new Subject("cifar-resnet32", BATCH),
            new Subject("cifar-vgg16", 32),
            new Subject("digits-lstm", BATCH),
            new Subject("mnist-lstm", BATCH));

    private static final List<ConvolutionTurns.Site> CONVOLUTIONS = List.of(
            new ConvolutionTurns.Site(new Shape.Image(3, 32, 32), 16, 1),
            new ConvolutionTurns.Site(new Shape.Image(16, 32, 32), 16, 1),
            new ConvolutionTurns.Site(new Shape.Image(16, 32, 32), 32, 2),
            new ConvolutionTurns.Site(new Shape.Image(32, 16, 16), 32, 1),
            new ConvolutionTurns.Site(new Shape.Image(64, 8, 8), 64, 1),
            new ConvolutionTurns.Site(new Shape.Image(128, 16, 16), 128, 1),
            new ConvolutionTurns.Site(new Shape.Image(512, 4, 4), 512, 1));

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent; then the seconds for each row, 4 if
    ///     absent
    /// @throws IOException if the file cannot be written
    public static void main(String[] args) throws IOException {
        double seconds = args.length > 1 ? Double.parseDouble(args[1]) : 4;
        StringBuilder out = new StringBuilder();
        out.append("""
                FLOAT32, random inputs and targets. Times are each the best of many turns. A gradient is forward pass,
                loss and backward pass; the products have activations cached. "floor" is the ratio of the counted
                multiply-adds of the affine maps, and the rate is that of the gradient's; functions of single elements,
                normalisation and pooling are not counted, and take most of the time of small recurrent layers.

                | network | cases | threads | gradient ms | GFLOP/s | Gauss-Newton ÷ gradient | floor \
                | Hessian ÷ gradient | floor |
                |---|---|---|---|---|---|---|---|---|
                """);
        for (Subject subject : SUBJECTS) {
            for (int threads = 1; threads <= 2; threads++) {
                out.append(row(subject, threads, seconds));
            }
        }
        out.append("\nConvolutions with windows of 3 × 3 and padding 1, ").append(BATCH).append("""
                 cases: GFLOP/s of the outputs from inputs (forward), of the inputs' cotangents (backward) and of the
                weight's gradient, and of the plain matrix product weight × patches of 8192 places, written out
                beforehand.

                | image | channels | stride | threads | forward | backward | gradient | matrix product |
                |---|---|---|---|---|---|---|---|
                """);
        for (ConvolutionTurns.Site site : CONVOLUTIONS) {
            for (int threads = 1; threads <= 2; threads++) {
                out.append(ConvolutionTurns.row(site, BATCH, threads, seconds / 2));
            }
        }
        ResultFile.write(args, "networks", "Derivatives of networks", out.toString());
    }

    private static String row(Subject subject, int threads, double seconds) {
        Model model = Presets.named(subject.preset()).model();
        OperationCount count = OperationCount.of(model.network());
        InterleavedTimer turns = new InterleavedTimer();
        try (Workspace ws = Workspace.withThreads(threads)) {
            measure(model, subject.cases(), ws, turns, seconds);
        }
        double rate = 2 * count.gradient() * subject.cases() / turns.seconds("gradient") * 1e-9;
        String row = String.format(Locale.ROOT, "| %s | %d | %d | %.2f | %.1f |%s %.2f |%s %.2f |",
                subject.preset(),
                subject.cases(),
                threads,
                turns.seconds("gradient") * 1e3,
                rate,
                turns.ratio("gauss-newton", "gradient"),
                count.gaussNewtonFloor(),
                turns.ratio("hessian", "gradient"),
                count.hessianFloor());
        System.out.println(row);
        return row + "\n";
    }

    private static void measure(Model model, int cases, Workspace ws, InterleavedTimer turns, double seconds) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        Parameters parameters = model.network().initialize(Initializer.glorot(), PRECISION, random);
        Batch batch = batch(model, cases, random);
        Vector direction = model.network().initialize(Initializer.glorot(), PRECISION, random).values();
        Vector result = Vector.zeros(PRECISION, direction.size());
        try (var at = Linearization.at(model, parameters, batch, ws);
                var frame = ws.open()) {
            SelfAdjointOperator gaussNewton = at.gaussNewton();
            SelfAdjointOperator hessian = at.hessian(frame);
            turns.add("gradient", () -> gradient(model, parameters, batch, result, ws))
                    .add("gauss-newton", () -> gaussNewton.apply(direction, result, ws))
                    .add("hessian", () -> hessian.apply(direction, result, ws))
                    .run(seconds);
        }
    }

    /// {@return random inputs between 0 and 1, which serve an autoencoder as targets; other models get a class for each
    ///     case}
    ///
    /// @param model whose inputs and targets they are
    /// @param cases how many
    /// @param random draws them
    public static Batch batch(Model model, int cases, RandomGenerator random) {
        Matrix inputs = Matrix.zeros(PRECISION, cases, model.network().input().size());
        Sampling.uniform(0, 1, random, inputs);
        int outputs = model.targets().size();
        if (outputs == inputs.columns()) {
            return new Batch(inputs, inputs);
        }
        Matrix targets = Matrix.zeros(PRECISION, cases, outputs);
        for (int i = 0; i < cases; i++) {
            targets.set(i, random.nextInt(outputs), 1);
        }
        return new Batch(inputs, targets);
    }

    /// Forward pass, loss and backward pass.
    ///
    /// @param model network and loss
    /// @param parameters θ
    /// @param batch the cases
    /// @param result overwritten by the gradient
    /// @param ws threads and scratch
    /// @return the loss
    public static double gradient(Model model, Parameters parameters, Batch batch, Vector result, Workspace ws) {
        try (var here = Linearization.at(model, parameters, batch, ws)) {
            double loss = here.loss();
            here.gradient(result);
            return loss;
        }
    }
}
