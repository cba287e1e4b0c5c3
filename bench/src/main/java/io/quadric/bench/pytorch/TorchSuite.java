package io.quadric.bench.pytorch;

import io.quadric.bench.InterleavedTimer;
import io.quadric.bench.NetworkSuite;
import io.quadric.bench.ResultFile;
import io.quadric.engine.json.Presets;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.PointerScope;
import org.bytedeco.pytorch.global.torch;

/// Gradients of whole networks by us and by PyTorch, on the same parameters and batches, in turns in one process; and,
/// given MNIST, the seconds to a loss of its autoencoder by `quadric` untouched, by K-BFGS and by PyTorch's Adam.
/// Written to `bench/results/<date>-pytorch.md`. The build needs the profile `pytorch`, which has the native
/// libraries.
///
/// The threads are those of the environment variable `OPENBLAS_NUM_THREADS`: a setting of PyTorch's own does not reach
/// its products.
public final class TorchSuite {
    private static final Precision PRECISION = Precision.FLOAT32;
    private static final String THREADS = "OPENBLAS_NUM_THREADS";
    private static final int BATCH = 128;
    private static final double SECONDS = 10;

    /// The most by which two gradients may differ, as a share of their norm, when both are right.
    private static final double ROUNDING = 1e-3;

    private final int threads;
    private final StringBuilder rows = new StringBuilder();

    private TorchSuite(int threads) {
        this.threads = threads;
    }

    /// A network and the cases of its batch.
    private record Subject(String name, Model model, int cases) {}

    private static List<Subject> subjects() {
        Model autoencoder = Presets.named("mnist-autoencoder").model();
        Model residual = Presets.named("cifar-resnet32").model();
        return List.of(
                new Subject("MNIST autoencoder", autoencoder, BATCH),
                new Subject("MNIST autoencoder", autoencoder, 256),
                new Subject("MNIST autoencoder", autoencoder, 1000),
                new Subject("MNIST autoencoder", autoencoder, 4096),
                new Subject("MNIST classifier", Presets.named("mnist-classifier").model(), BATCH),
                new Subject("ResNet32", residual, BATCH),
                new Subject("LSTM, 28 steps of 28, 128 units", lstm(28, 28, 128), BATCH),
                new Subject("LSTM, 8 steps of 8, 16 units", lstm(8, 8, 16), BATCH));
    }

    private static Model lstm(int length, int features, int units) {
        Network network = new Network(new Shape.Sequence(length, features), List.of(
                new LstmLayer(units, false, SequenceOutput.LAST, StateMemory.ALL_STEPS), new DenseLayer(10, true)));
        return new Model(network, new SoftmaxCrossEntropy());
    }

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent; then the folder of MNIST, without which
    ///     nothing is trained; then the rates of Adam, 1e-4, 3e-4 and 1e-3 if absent
    /// @throws IOException if the file cannot be written
    /// @throws IllegalStateException if `OPENBLAS_NUM_THREADS` is not set, or a gradient of PyTorch is another one
    public static void main(String[] args) throws IOException {
        String threads = System.getenv(THREADS);
        if (threads == null) {
            throw new IllegalStateException("set " + THREADS + " and OMP_NUM_THREADS to the threads to be measured");
        }
        TorchSuite suite = new TorchSuite(Integer.parseInt(threads));
        torch.set_num_threads(suite.threads);
        suite.gradients();
        if (args.length > 1) {
            List<String> rates = args.length > 2
                    ? List.of(args).subList(2, args.length)
                    : List.of("1e-4", "3e-4", "1e-3");
            suite.rows.append(new TorchRace(Path.of(args[1]), suite.threads).run(rates));
        }
        ResultFile.write(args, "pytorch", "Quadric and PyTorch", suite.rows.toString());
    }

    private void gradients() {
        rows.append(String.format(Locale.ROOT, """
                PyTorch %s, %s, threads: %d. Forward pass, loss and backward pass, FLOAT32, on the same parameters and
                batches, whose gradients were compared. Times are the best of many turns; "processors" is the processor
                time of PyTorch's turns by their duration.

                | network | cases | ours, ms | PyTorch, ms | PyTorch ÷ ours | processors |
                |---|---|---|---|---|---|
                """, version(), torch.get_cpu_capability().getString(), threads));
        for (Subject subject : subjects()) {
            String row = gradient(subject);
            System.out.print(row);
            rows.append(row);
        }
    }

    private static String version() {
        try {
            return Loader.getVersion("org.bytedeco", "pytorch");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String gradient(Subject subject) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
        Model model = subject.model();
        Parameters parameters = model.network().initialize(Initializer.glorot(), PRECISION, random);
        Batch batch = NetworkSuite.batch(model, subject.cases(), random);
        Vector result = Vector.zeros(PRECISION, parameters.values().size());
        try (Workspace ws = Workspace.withThreads(threads);
                var _ = new PointerScope()) {
            TorchNetwork peer = new TorchNetwork(model, parameters);
            TorchNetwork.Cases cases = peer.copy(batch);
            double theirs = peer.lossAndGradient(cases);
            double ours = NetworkSuite.gradient(model, parameters, batch, result, ws);
            requireSame(subject.name(), theirs, ours, peer.gradient(), result);
            double[] used = new double[2];
            InterleavedTimer turns = new InterleavedTimer()
                    .add("ours", () -> NetworkSuite.gradient(model, parameters, batch, result, ws))
                    .add("peer", () -> timed(used, () -> peer.lossAndGradient(cases)))
                    .run(SECONDS);
            return String.format(Locale.ROOT, "| %s | %d | %.2f | %.2f | %.2f | %.2f |%n", subject.name(),
                    subject.cases(),
                    turns.seconds("ours") * 1e3, turns.seconds("peer") * 1e3,
                    turns.seconds("peer") / turns.seconds("ours"), used[0] / used[1]);
        }
    }

    /// Adds processor time and duration of an action.
    private static void timed(double[] used, Runnable action) {
        var process = (com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        long processor = process.getProcessCpuTime();
        long from = System.nanoTime();
        action.run();
        used[1] += System.nanoTime() - from;
        used[0] += process.getProcessCpuTime() - processor;
    }

    private static void requireSame(String name, double theirLoss, double ourLoss, Vector theirs, Vector ours) {
        double difference = theirs.copy().axpy(-1, ours).norm() / ours.norm();
        if (!(Math.abs(theirLoss - ourLoss) <= ROUNDING * Math.abs(ourLoss)) || !(difference <= ROUNDING)) {
            throw new IllegalStateException(String.format(Locale.ROOT,
                    "%s: PyTorch has a loss of %s and we %s, and the gradients differ by %.2g of their norm", name,
                    theirLoss,
                    ourLoss, difference));
        }
    }
}
