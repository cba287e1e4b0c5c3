package io.quadric.optim.recipe;

import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Sampling;
import io.quadric.linalg.Window;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.BatchNormalizationLayer;
import io.quadric.nn.layer.ConvolutionLayer;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.FlattenLayer;
import io.quadric.nn.layer.Layer;
import io.quadric.nn.layer.MaxPoolingLayer;
import io.quadric.nn.layer.ResidualLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.nn.loss.SquaredError;
import io.quadric.nn.recurrent.GruLayer;
import io.quadric.nn.recurrent.LstmLayer;
import io.quadric.nn.recurrent.RecurrentLayer;
import io.quadric.nn.recurrent.SequenceOutput;
import io.quadric.nn.recurrent.StateMemory;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.regex.Pattern;

/// Steps of recipes on networks of all kinds, in an order of their own, in one JVM, which may have seen vectors of
/// other programs before. It shows kernels whose vectors became objects (decision 31).
///
/// Arguments: the seed of the order and of the other vectors, or 0 for none; a regular expression for jobs such as
/// `kfac dense FLOAT32`; and the milliseconds that each of them takes at least, as in `1 (sgd|kfac).* 0`. It prints a
/// line for each job: its name, the least bytes of a step, of all threads, the bound for them, and the least
/// microseconds, with commas between them.
final class ShuffledSteps {
    private static final int CASES = 192;
    private static final int KIB = 1024;
    private static final int WARM_UP = 8;
    private static final long LONGEST = 30_000_000_000L;

    private ShuffledSteps() {}

    /// A network and the bytes that a step on it may allocate, for views and tasks.
    private record Subject(Model model, long most) {}

    /// What a step takes at least.
    private record Least(long bytes, long nanoseconds) {
        Least or(long otherBytes, long otherNanoseconds) {
            return new Least(Math.min(bytes, otherBytes), Math.min(nanoseconds, otherNanoseconds));
        }
    }

    /// One recipe on one network.
    private record Job(Recipe recipe, String name, Subject subject, Precision precision) {
        @Override
        public String toString() {
            return recipe.name() + " " + name + " " + precision;
        }

        /// @param steps to be taken at least
        /// @param time to be taken at least, in nanoseconds
        /// @param longest time that is taken if steps allocate more than they may
        Least run(int steps, long time, long longest) {
            Model model = subject.model();
            RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(1);
            Parameters parameters = model.network().initialize(Initializer.glorot(), precision, random);
            Matrix x = Matrix.zeros(precision, CASES, model.network().input().size());
            Sampling.uniform(0, 1, random, x);
            Matrix t = Matrix.zeros(precision, CASES, model.targets().size());
            t.columns(0, 1).fill(1);
            Batch batch = new Batch(x, t);
            try (Workspace ws = Workspace.withThreads(2)) {
                Run run = recipe.optimizer().start(new Start(model, parameters, List.of(batch), 1, ws));
                var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
                Least least = new Least(Long.MAX_VALUE, Long.MAX_VALUE);
                long begin = System.nanoTime();
                for (int k = 0; k < steps
                        || System.nanoTime() - begin < (least.bytes() < subject.most() ? time : longest); k++) {
                    long before = threads.getTotalThreadAllocatedBytes();
                    long start = System.nanoTime();
                    run.step(new StepData(batch));
                    long end = System.nanoTime();
                    least = least.or(threads.getTotalThreadAllocatedBytes() - before, end - start);
                }
                return least;
            }
        }
    }

    private static Subject subject(int kib, Shape input, Loss loss, Layer... layers) {
        return new Subject(new Model(new Network(input, List.of(layers)), loss, 1e-4), (long) KIB * kib);
    }

    private static Map<String, Subject> subjects() {
        var tanh = new Activation(ElementaryFunction.TANH);
        var relu = new Activation(ElementaryFunction.RELU);
        var same = new ConvolutionLayer(8, new Window(3, 3, 1, 1), true);
        Map<String, Subject> subjects = new LinkedHashMap<>();
        subjects.put("dense",
                subject(128, new Shape.Features(100), new SigmoidCrossEntropy(), new DenseLayer(100, true), relu,
                        new DenseLayer(100, true)));
        subjects.put("narrow", subject(128, new Shape.Features(37), new SquaredError(), new DenseLayer(61, true), tanh,
                new DenseLayer(13, true)));
        subjects.put("images", subject(
                640,
                new Shape.Image(3, 10, 10),
                new SoftmaxCrossEntropy(),
                same,
                new BatchNormalizationLayer(1e-5),
                new ResidualLayer(List.of(same, tanh), List.of()),
                new MaxPoolingLayer(new Window(2, 2, 2, 0)),
                new FlattenLayer(),
                new DenseLayer(10, true)));
        Shape sequence = new Shape.Sequence(6, 20);
        subjects.put("recurrent", subject(256, sequence, new SoftmaxCrossEntropy(), new RecurrentLayer(20,
                ElementaryFunction.TANH, SequenceOutput.LAST), new DenseLayer(10, true)));
        subjects.put("gru", subject(512, sequence, new SquaredError(), new GruLayer(20, SequenceOutput.LAST,
                StateMemory.ALL_STEPS), new DenseLayer(10, true)));
        subjects.put("lstm", subject(512, sequence, new SquaredError(), new LstmLayer(20, SequenceOutput.LAST),
                new DenseLayer(10, true)));
        return subjects;
    }

    private static List<Job> jobs(Predicate<String> chosen) {
        List<Job> jobs = new ArrayList<>();
        for (Recipe recipe : Optimizers.all()) {
            subjects().forEach((name, subject) -> {
                for (Precision precision : Precision.values()) {
                    jobs.add(new Job(recipe, name, subject, precision));
                }
            });
        }
        jobs.removeIf(job -> !chosen.test(job.toString()));
        return jobs;
    }

    /// Whether it ran; not where a recipe does not take such a network.
    private static boolean warmsUp(Job job) {
        try {
            job.run(WARM_UP, 0, 0);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    public static void main(String[] args) {
        long seed = Long.parseLong(args[0]);
        Random order = new Random(seed);
        if (seed != 0) {
            System.err.println("other vectors: " + OtherVectors.use(order));
        }
        List<Job> jobs = jobs(Pattern.compile(args[1]).asMatchPredicate());
        Collections.shuffle(jobs, order);
        jobs.removeIf(job -> !warmsUp(job));
        Collections.shuffle(jobs, order);
        for (Job job : jobs) {
            Least least = job.run(1, 1_000_000 * Long.parseLong(args[2]), LONGEST);
            long micros = least.nanoseconds() / 1000;
            System.out.println(job + "," + least.bytes() + "," + job.subject().most() + "," + micros);
        }
    }
}
