package io.quadric.bench;

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
import io.quadric.nn.SigmoidCrossEntropy;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Optimizers;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Whole steps of the Kronecker and tensor methods on the MNIST autoencoder by the time of one gradient, beside what
/// they cannot do without, to `bench/results/<date>-steps.md`.
///
/// Each method's 20 consecutive steps, among them one with inverses, are timed beside a gradient that has its turn
/// with each of them. The ratio of a round of 20 is the sum of the steps by 20 times the middle one of its gradients;
/// the row shows the middle round.
public final class StepSuite {
    private static final int PERIOD = 20;
    private static final int[] CASES = {256, 1000, 4096};
    private static final Precision PRECISION = Precision.FLOAT32;

    private final Workspace ws;
    private final Model model = new Model(AutoencoderBenchmark.network(), new SigmoidCrossEntropy());
    private final Batch batch;
    private final Vector gradient;
    private final Parameters atGradient;

    private StepSuite(int cases, Workspace ws) {
        this.ws = ws;
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

    /// A method and the counted floor of its step at 1000 cases.
    private record Peer(Optimizer optimizer, double floor) {}

    private static Map<String, Peer> peers() {
        Map<String, Peer> peers = new LinkedHashMap<>();
        peers.put("KFAC", new Peer(Optimizers.kfac(), 2.29));
        peers.put("K-BFGS", new Peer(Optimizers.kbfgs(), 2.43));
        peers.put("K-BFGS(L)", new Peer(Optimizers.kbfgsL(), 2.28));
        peers.put("TNT", new Peer(Optimizers.tnt(), 2.53));
        peers.put("Shampoo", new Peer(Optimizers.shampoo(), 2.05));
        return peers;
    }

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent; then the number of rounds, 3 if absent;
    ///     then the threads, 1 if absent; then names of methods, all if absent
    /// @throws IOException if the file cannot be written
    public static void main(String[] args) throws IOException {
        int rounds = args.length > 1 ? Integer.parseInt(args[1]) : 3;
        int threads = args.length > 2 ? Integer.parseInt(args[2]) : 1;
        Map<String, Peer> peers = peers();
        if (args.length > 3) {
            peers.keySet().retainAll(List.of(args).subList(3, args.length));
        }
        StringBuilder out = new StringBuilder("""
                Time of a whole step by that of one gradient (forward pass, loss, backward pass) of the MNIST
                autoencoder 784-1000-500-250-30 and back in FLOAT32, in the mean of 20 consecutive steps, among them one
                with inverses (T₂ = 20). Steps and gradients take turns; the middle one of several rounds, the least of
                them in brackets. "floor" counts matrix products for 1000 cases.

                """);
        out.append("Threads: ").append(threads).append(".\n\n| method | floor (1000) |");
        for (int cases : CASES) {
            out.append(" N = ").append(cases).append(" |");
        }
        out.append(" with inverses (1000) |\n|---|---|---|---|---|---|\n");
        Map<String, StringBuilder> rows = new LinkedHashMap<>();
        peers.forEach((name, peer) -> rows.put(name, new StringBuilder(
                "| " + name + " | " + peer.floor() + " |")));
        Map<String, Double> longest = new LinkedHashMap<>();
        try (Workspace ws = Workspace.withThreads(threads)) {
            for (int cases : CASES) {
                StepSuite suite = new StepSuite(cases, ws);
                peers.forEach((name, peer) -> {
                    Measured measured = suite.measure(peer.optimizer(), rounds);
                    System.out.printf("%s %d %s%n", name, cases, measured);
                    rows.get(name).append(String.format(" %.2f (%.2f) |", measured.middle(), measured.least()));
                    if (cases == 1000) {
                        longest.put(name, measured.longest());
                    }
                });
            }
        }
        rows.forEach((name, row) -> out.append(row).append(String.format(" %.1f |%n", longest.get(name))));
        ResultFile.write(args, "steps", "Steps of the MNIST autoencoder", out.toString());
    }

    /// Ratios to the gradient: of the mean step, in the middle and the least of all rounds, and of the longest step.
    private record Measured(double middle, double least, double longest) {}

    private Measured measure(Optimizer optimizer, int rounds) {
        Parameters parameters = parameters();
        Run run = optimizer.start(new Start(model, parameters, List.of(batch), 1, ws));
        List<Double> means = new ArrayList<>();
        double longest = Double.POSITIVE_INFINITY;
        round(run);
        for (int round = 0; round < rounds; round++) {
            double[] ratios = round(run);
            means.add(ratios[0]);
            longest = Math.min(longest, ratios[1]);
        }
        means.sort(Comparator.naturalOrder());
        return new Measured(means.get(rounds / 2), means.getFirst(), longest);
    }

    /// The mean and the longest of 20 steps, by the middle one of 20 gradients.
    private double[] round(Run run) {
        double sum = 0;
        double longest = 0;
        List<Double> gradients = new ArrayList<>();
        for (int k = 0; k < PERIOD; k++) {
            gradients.add(seconds(this::gradient));
            double step = seconds(() -> step(run));
            sum += step;
            longest = Math.max(longest, step);
        }
        gradients.sort(Comparator.naturalOrder());
        double gradient = gradients.get(PERIOD / 2);
        return new double[]{sum / PERIOD / gradient, longest / gradient};
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

    private void step(Run run) {
        StepReport report = run.step(new StepData(batch));
        if (!report.moved()) {
            throw new IllegalStateException("a step failed: " + report);
        }
    }
}
