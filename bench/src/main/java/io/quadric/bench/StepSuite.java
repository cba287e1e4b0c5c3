package io.quadric.bench;

import com.sun.management.ThreadMXBean;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Whole steps of the Kronecker and tensor methods on the MNIST autoencoder by the time of one gradient, beside the
/// counted floors of [StepCount], to `bench/results/<date>-steps.md`.
///
/// In a round a method's step with inverses and some before and after it take turns with gradients. The ratio is the
/// mean of 20 steps, 19 of which are the middle one of those without inverses, by the middle one of the gradients; the
/// row shows the least of the rounds.
public final class StepSuite {
    private static final int PERIOD = 20;
    private static final int FEW = 256;
    private static final int AROUND = 3;

    /// Steps until the compiler has settled.
    private static final int SETTLED = 60;

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final Precision PRECISION = Precision.FLOAT32;
    private static final String INTRODUCTION = """
            Time of a whole step by that of one gradient (forward pass, loss, backward pass) of the MNIST autoencoder
            784-1000-500-250-30 and back in FLOAT32: the mean of 20 steps, among them one with inverses (T₂ = 20), by
            the middle one of the gradients between them; the least of some rounds. "floor" counts the operations of
            matrix products and inverses; "bar" is what the ratio should not exceed.

            | threads | N | method | gradient ms | floor | measured | measured ÷ floor | bar | step with inverses |
            |---|---|---|---|---|---|---|---|---|
            """;

    private final Workspace ws;
    private final int cases;
    private final int rounds;
    private final Model model = new Model(AutoencoderBenchmark.network(), new SigmoidCrossEntropy());
    private final Batch batch;
    private final Vector gradient;
    private final Parameters atGradient;

    StepSuite(int cases, int rounds, Workspace ws) {
        this.rounds = rounds;
        this.ws = ws;
        this.cases = cases;
        Matrix inputs = Matrix.zeros(PRECISION, cases, model.network().input().size());
        Sampling.uniform(0, 1, random(), inputs);
        batch = new Batch(inputs, inputs);
        atGradient = parameters();
        gradient = Vector.zeros(PRECISION, atGradient.values().size());
    }

    private static RandomGenerator random() {
        return RandomGeneratorFactory.of("L64X128MixRandom").create(1);
    }

    private Parameters parameters() {
        return model.network().initialize(Initializer.glorot(), PRECISION, random());
    }

    /// Runs the suite. Several runs of one commit on one day fill one file.
    ///
    /// @param args the directory of the result file, `bench/results` if absent; then the threads, 1 if absent; then the
    ///     numbers of cases, separated by commas, 256,1000,4096 if absent; then the rounds, 1 if absent; then methods
    ///     such as `K_BFGS`, all if absent
    /// @throws IOException if the file cannot be written
    public static void main(String[] args) throws IOException {
        int threads = args.length > 1 ? Integer.parseInt(args[1]) : 1;
        String[] sizes = (args.length > 2 ? args[2] : "256,1000,4096").split(",");
        int rounds = args.length > 3 ? Integer.parseInt(args[3]) : 1;
        List<StepMethod> methods = args.length > 4
                ? Arrays.stream(args).skip(4).map(StepMethod::valueOf).toList()
                : List.of(StepMethod.values());
        StringBuilder rows = new StringBuilder();
        try (Workspace ws = Workspace.withThreads(threads)) {
            for (String size : sizes) {
                StepSuite suite = new StepSuite(Integer.parseInt(size), rounds, ws);
                for (StepMethod method : methods) {
                    String row = suite.row(method, threads);
                    System.out.print(row);
                    rows.append(row);
                }
            }
        }
        ResultFile.append(args, "steps", "Steps of the MNIST autoencoder", INTRODUCTION, rows.toString());
    }

    private String row(StepMethod method, int threads) {
        double floor = floor(method);
        Round best = measure(method.optimizer());
        String bar = cases == 1000 ? String.format(Locale.ROOT, "%.1f", method.bar()) : "";
        return String.format(Locale.ROOT, "| %d | %d | %s | %.0f | %.2f | %.2f | %.2f | %s | %.1f |%n", threads, cases,
                method.title(), best.gradient() * 1e3, floor, best.mean(), best.mean() / floor, bar, best.longest());
    }

    /// {@return the operations of a step divided by those of a gradient}
    double floor(StepMethod method) {
        return method.floor(new StepCount(model.network().layout().blocks(), cases, PERIOD));
    }

    /// {@return the bytes that the calling thread allocates in a step, the mean of a period after many}
    double allocated(Optimizer optimizer) {
        Run run = optimizer.start(new Start(model, parameters(), List.of(batch), 1, ws));
        StepData all = new StepData(batch);
        skip(run, all, SETTLED);
        long before = THREADS.getCurrentThreadAllocatedBytes();
        skip(run, all, PERIOD);
        return (THREADS.getCurrentThreadAllocatedBytes() - before) / (double) PERIOD;
    }

    /// Seconds of the gradient, and ratios to them: of the mean step and of the one with inverses.
    record Round(double gradient, double mean, double longest) {}

    /// The first steps, in 20 of which KFAC inverts each time, and those between the rounds are taken with few cases
    /// and do not count.
    Round measure(Optimizer optimizer) {
        Run run = optimizer.start(new Start(model, parameters(), List.of(batch), 1, ws));
        int some = Math.min(FEW, cases);
        StepData few = new StepData(new Batch(batch.inputs().rows(0, some), batch.targets().rows(0, some)));
        skip(run, few, PERIOD);
        Optional<Round> best = Optional.empty();
        for (int i = 0; i < rounds; i++) {
            skip(run, few, PERIOD - 2 * AROUND - 1 + (i == 0 ? AROUND : 0));
            Round round = round(run);
            best = Optional.of(best.filter(b -> b.mean() <= round.mean()).orElse(round));
        }
        return best.orElseThrow();
    }

    private static void skip(Run run, StepData few, int steps) {
        for (int k = 0; k < steps; k++) {
            step(run, few);
        }
    }

    /// The step with inverses and those around it.
    private Round round(Run run) {
        List<Double> gradients = new ArrayList<>();
        List<Double> others = new ArrayList<>();
        double inverting = 0;
        StepData all = new StepData(batch);
        for (int k = -AROUND; k <= AROUND; k++) {
            gradients.add(seconds(this::gradient));
            double step = seconds(() -> step(run, all));
            if (k == 0) {
                inverting = step;
            } else {
                others.add(step);
            }
        }
        double gradient = middle(gradients);
        double mean = ((PERIOD - 1) * middle(others) + inverting) / PERIOD;
        return new Round(gradient, mean / gradient, inverting / gradient);
    }

    private static double middle(List<Double> values) {
        return values.stream().sorted().toList().get((values.size() - 1) / 2);
    }

    private static double seconds(Runnable action) {
        long from = System.nanoTime();
        action.run();
        return (System.nanoTime() - from) * 1e-9;
    }

    private void gradient() {
        try (var here = Linearization.at(model, atGradient, batch, ws)) {
            here.loss();
            here.gradient(gradient);
        }
    }

    private static void step(Run run, StepData data) {
        StepReport report = run.step(data);
        if (!report.moved()) {
            throw new IllegalStateException("a step failed: " + report);
        }
    }
}
