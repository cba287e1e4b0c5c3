package io.quadric.spark;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.ChunkSource;
import io.quadric.nn.chunk.Chunks;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/// Measures the seconds of steps on Spark and of the same steps on the threads of this JVM. Arguments: a master, how
/// many steps, problems as in 1000:784-500-30-500-784 (cases and units of the layers) with commas between them, and
/// methods.
final class StepCosts {
    private static final int CHUNKS = 4;

    private StepCosts() {}

    public static void main(String[] args) throws IOException {
        int steps = Integer.parseInt(args[1]);
        SparkConf conf = LostExecutorTest.cluster(args[0], Files.createTempDirectory("quadric"))
                .set("spark.speculation", "false")
                .set("spark.broadcast.compress", "false");
        try (JavaSparkContext context = new JavaSparkContext(conf)) {
            emptyJobs(context);
            for (String problem : args[2].split(",")) {
                String[] parts = problem.split(":");
                measure(context, steps, Integer.parseInt(parts[0]), parts[1], Arrays.copyOfRange(args, 3, args.length));
            }
        }
    }

    private static void measure(JavaSparkContext context, int steps, int cases, String units, String... methods) {
        Model model = autoencoder(Arrays.stream(units.split("-")).mapToInt(Integer::parseInt).toArray());
        List<Batch> batches = batches(cases, model.network().input().size());
        try (SparkChunks there = SparkChunks.of(context, batches, context.defaultParallelism())) {
            System.out.printf(Locale.ROOT, "%s, %d cases, %s: %,d parameters; medians in ms%n", context.master(), cases,
                    units, model.network().layout().size());
            CaseSet here = new Chunks(ChunkSource.of(batches), 0);
            for (String method : methods) {
                double local = seconds(method, model, here, steps);
                double spark = seconds(method, model, there, steps);
                System.out.printf(Locale.ROOT, "%-20s here %8.1f  spark %8.1f  overhead %8.1f%n", method, 1e3 * local,
                        1e3 * spark, 1e3 * (spark - local));
            }
        }
    }

    private static void emptyJobs(JavaSparkContext context) {
        var numbers = context.parallelize(List.of(1, 2), 2);
        double[] seconds = new double[200];
        for (int i = 0; i < seconds.length; i++) {
            long start = System.nanoTime();
            numbers.map(x -> x + 1).collect();
            seconds[i] = (System.nanoTime() - start) * 1e-9;
        }
        System.out.printf(Locale.ROOT, "empty job %.1f%n", 1e3 * median(Arrays.copyOfRange(seconds, 100, 200)));
    }

    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    static Model autoencoder(int... units) {
        List<Layer> layers = new ArrayList<>();
        for (int i = 1; i < units.length; i++) {
            layers.add(new DenseLayer(units[i], true));
            if (i < units.length - 1) {
                layers.add(new Activation(ElementaryFunction.TANH));
            }
        }
        return new Model(new Network(new Shape.Features(units[0]), layers), new SigmoidCrossEntropy(), 1e-5);
    }

    static List<Batch> batches(int cases, int width) {
        return IntStream.range(0, CHUNKS).mapToObj(c -> {
            Matrix x = Matrix.zeros(Precision.FLOAT32, cases / CHUNKS, width);
            Sampling.bernoulli(x.copy().fill(0.2), SparkChunksTest.random(c), x);
            return new Batch(x, x);
        }).toList();
    }

    private static double seconds(String method, Model model, CaseSet cases, int steps) {
        Parameters theta = model.network().initialize(
                Initializer.glorot(), Precision.FLOAT32, SparkChunksTest.random(1));
        double[] seconds = new double[steps];
        try (Workspace ws = Workspace.withThreads(2)) {
            Run run = SparkChunksTest.optimizer(method).start(new Start(model, theta, List.of(cases), 7, ws));
            for (int k = 0; k < steps; k++) {
                run.prepare();
                long start = System.nanoTime();
                run.step(new StepData(cases));
                seconds[k] = (System.nanoTime() - start) * 1e-9;
            }
        }
        return median(Arrays.copyOfRange(seconds, steps / 2, steps));
    }
}
