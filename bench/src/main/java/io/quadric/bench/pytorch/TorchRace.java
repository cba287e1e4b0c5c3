package io.quadric.bench.pytorch;

import io.quadric.engine.json.Initialization;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.Problem;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Parameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalInt;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.Adam;
import org.bytedeco.pytorch.AdamOptions;
import org.bytedeco.pytorch.NoGradGuard;
import org.bytedeco.pytorch.Tensor;
import org.bytedeco.pytorch.global.torch;

/// Seconds until the training loss of the MNIST autoencoder is 60 and 55: by `quadric` untouched, by K-BFGS with its
/// published settings for this problem, and from the same first parameters by Adam of PyTorch, all in batches of 1,000
/// cases without replacement. Losses are of all 60,000 cases and outside of the clock, every 20 steps of ours and after
/// each epoch of Adam.
final class TorchRace {
    private static final double[] TARGETS = {60, 55};
    private static final int BATCH = 1000;
    private static final int STEPS = 20;

    /// Seconds in which ours must be there.
    private static final double LONGEST = 900;

    /// After so many times our seconds Adam is stopped: the bar.
    private static final double PATIENCE = 2;

    private final ModelSpec spec = Presets.named("mnist-autoencoder");
    private final Problem problem;
    private final int threads;
    private final StringBuilder rows = new StringBuilder();
    private Parameters first;

    TorchRace(Path mnist, int threads) {
        this.problem = new Problem(spec.model(), spec.load(mnist.toString(), Precision.FLOAT32));
        this.threads = threads;
    }

    /// {@return the table}
    ///
    /// @param rates of Adam
    String run(List<String> rates) {
        String head = """

                Seconds until the training loss of the MNIST autoencoder is reached, threads: %d; the same first
                parameters. `quadric` has no settings, K-BFGS those of Ren (2022), Table 3.5. They have %.0f s each;
                Adam is stopped after %s times the seconds of `quadric`, and `–` is "not reached".

                | method | 60 | 55 | steps | seconds at the end | loss at the end |
                |---|---|---|---|---|---|
                """;
        rows.append(String.format(Locale.ROOT, head, threads, LONGEST, PATIENCE));
        double seconds = ours("quadric", Map.of());
        ours("kbfgs", Map.of("learningRate", "0.03", "damping", "0.3"));
        for (String rate : rates) {
            adam(Double.parseDouble(rate), PATIENCE * seconds);
        }
        return rows.toString();
    }

    /// When each target was reached, and the end of a run.
    private static final class Times {
        private final double[] reached = {Double.NaN, Double.NaN};
        private long steps;
        private double seconds;
        private double loss;

        /// {@return whether the last target is reached}
        boolean add(long steps, double seconds, double loss) {
            this.steps = steps;
            this.seconds = seconds;
            this.loss = loss;
            for (int i = 0; i < TARGETS.length; i++) {
                if (Double.isNaN(reached[i]) && loss <= TARGETS[i]) {
                    reached[i] = seconds;
                }
            }
            System.out.printf(Locale.ROOT, "%d steps, %.1f s: %.2f%n", steps, seconds, loss);
            return loss <= TARGETS[TARGETS.length - 1];
        }

        String row(String method) {
            return String.format(Locale.ROOT, "| %s | %s | %s | %d | %.0f | %.2f |%n", method, cell(reached[0]),
                    cell(reached[1]), steps, seconds, loss);
        }

        private static String cell(double seconds) {
            return Double.isNaN(seconds) ? "–" : String.format(Locale.ROOT, "%.0f", seconds);
        }
    }

    /// {@return the seconds of a run with one of our methods}
    private double ours(String recipe, Map<String, String> settings) {
        Optimizer optimizer = Optimizers.named(recipe).with(settings);
        TrainingPlan plan = new BatchRequest(OptionalInt.of(BATCH))
                .plan(recipe, optimizer, problem.data().train().cases(), 1);
        TrainingSetup setup = new TrainingSetup(
                problem, optimizer, plan, Initialization.FAN_IN.initializer(spec.initialization()));
        Times times = new Times();
        try (Workspace ws = Workspace.withThreads(threads)) {
            Trainer trainer = new Trainer(setup, ws);
            first = trainer.parameters().copy(Precision.FLOAT32);
            boolean there = false;
            for (int i = 1; !there && trainer.at().seconds() < LONGEST; i++) {
                trainer.train(new Schedule(Long.MAX_VALUE, (long) i * STEPS, LONGEST, Long.MAX_VALUE, 0), List.of());
                there = times.add(trainer.at().step(), trainer.at().seconds(), trainer.evaluation().trainLoss());
            }
        }
        rows.append(times.row("`" + recipe + "`"));
        return times.seconds;
    }

    private void adam(double rate, double longest) {
        Times times = new Times();
        Matrix inputs = problem.data().train().batch().inputs();
        try (var _ = new PointerScope()) {
            TorchNetwork network = new TorchNetwork(problem.model(), first);
            TorchNetwork.Cases all = network.copy(problem.data().train().batch());
            Adam adam = new Adam(network.parameters(), new AdamOptions(rate));
            torch.manual_seed(1);
            double seconds = 0;
            boolean there = false;
            for (int epoch = 1; !there && seconds < longest; epoch++) {
                long from = System.nanoTime();
                epoch(network, adam, all.x());
                seconds += (System.nanoTime() - from) * 1e-9;
                there = times.add((long) epoch * inputs.rows() / BATCH, seconds, loss(network, all.x()));
            }
        }
        rows.append(times.row(String.format(Locale.ROOT, "Adam of PyTorch, %s", rate)));
    }

    private static void epoch(TorchNetwork network, Adam adam, Tensor cases) {
        try (var _ = new PointerScope()) {
            Tensor order = torch.randperm(cases.size(0));
            for (long i = 0; i < cases.size(0); i += BATCH) {
                try (var _ = new PointerScope()) {
                    Tensor x = cases.index_select(0, order.narrow(0, i, Math.min(BATCH, cases.size(0) - i)));
                    adam.zero_grad();
                    network.loss(new TorchNetwork.Cases(x, x)).backward();
                    adam.step();
                }
            }
        }
    }

    private static double loss(TorchNetwork network, Tensor cases) {
        double sum = 0;
        try (var _ = new NoGradGuard()) {
            for (long i = 0; i < cases.size(0); i += BATCH) {
                try (var _ = new PointerScope()) {
                    long count = Math.min(BATCH, cases.size(0) - i);
                    Tensor x = cases.narrow(0, i, count);
                    sum += network.loss(new TorchNetwork.Cases(x, x)).item_double() * count;
                }
            }
        }
        return sum / cases.size(0);
    }
}
