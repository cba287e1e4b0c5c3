package io.quadric.spark;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import org.apache.spark.SparkConf;
import org.apache.spark.api.java.JavaSparkContext;

/// Compares steps on Spark with the model of docs/scale.md: bytes and seconds, measured and by the model. Arguments:
/// problems as in [StepCosts] with commas between them, methods with commas between them, how many steps before those
/// that are measured and how many of these, and masters. Hessian-free optimisation, whose steps are many jobs, takes a
/// quarter of the steps. The constants of the model are fitted to the problems in odd places, checked on the others.
final class ModelCosts {
    private ModelCosts() {}

    /// A network and its cases.
    ///
    /// @param cases N
    /// @param units of the layers
    private record Problem(int cases, int... units) {
        static Problem of(String text) {
            String[] parts = text.split(":");
            return new Problem(
                    Integer.parseInt(parts[0]),
                    Arrays.stream(parts[1].split("-")).mapToInt(Integer::parseInt).toArray());
        }
    }

    public static void main(String[] args) throws IOException, TimeoutException {
        List<Problem> problems = Arrays.stream(args[0].split(",")).map(Problem::of).toList();
        List<StepModel.Row> rows = new ArrayList<>();
        for (String master : Arrays.copyOfRange(args, 4, args.length)) {
            SparkConf conf = LostExecutorTest.cluster(master, Files.createTempDirectory("quadric"))
                    .set("spark.speculation", "false")
                    .set("spark.broadcast.compress", "false")
                    .set("spark.scheduler.minRegisteredResourcesRatio", "1.0");
            try (JavaSparkContext context = new JavaSparkContext(conf)) {
                for (Problem problem : problems) {
                    boolean fitted = problems.indexOf(problem) % 2 == 0;
                    rows.addAll(rows(context, problem, fitted, args));
                }
            }
        }
        StepModel.Constants constants = StepModel.fit(rows);
        System.out.println(constants);
        System.out.println("master | P in millions | N | method | jobs | MB | model | ratio | ms | model | ratio"
                + " | ms outside jobs | rows");
        rows.forEach(row -> System.out.println(line(row, constants)));
    }

    private static List<StepModel.Row> rows(
            JavaSparkContext context, Problem problem, boolean fitted, String... args) throws TimeoutException {
        List<StepModel.Row> rows = new ArrayList<>();
        for (String method : args[1].split(",")) {
            int fewer = method.equals("hessian-free") ? 4 : 1;
            int before = Integer.parseInt(args[2]) / fewer;
            rows.add(row(context, problem, method, fitted, before, Integer.parseInt(args[3]) / fewer));
            System.out.printf(Locale.ROOT, "%s %s %s %.4f s%n", context.master(), Arrays.toString(problem.units()),
                    method, rows.getLast().seconds());
        }
        return rows;
    }

    private static String line(StepModel.Row row, StepModel.Constants constants) {
        StepModel.Setting run = row.step().setting();
        double model = constants.seconds(row.step());
        return String.format(
                Locale.ROOT,
                "| %s | %.2f | %,d | %s | %.1f | %.2f | %.2f | %.3f | %.0f | %.0f | %.2f | %.0f | %s |",
                row.master(),
                1e-6 * run.parameters(),
                run.cases(),
                row.method(),
                run.jobs(),
                1e-6 * row.bytes(),
                1e-6 * row.step().bytes(),
                row.bytes() / row.step().bytes(),
                1e3 * row.seconds(),
                1e3 * model,
                row.seconds() / model,
                1e3 * (row.seconds() - row.inJobs()),
                row.fitted() ? "fitted" : "checked");
    }

    /// Executors of a master `local[N]` or `local-cluster[N,…]`, of one core each.
    private static int executors(String master) {
        return Integer.parseInt(master.replaceAll("[^\\[]*\\[(\\d+).*", "$1"));
    }

    private static StepModel.Row row(
            JavaSparkContext context, Problem problem, String method, boolean fitted, int... steps)
            throws TimeoutException {
        Model model = StepCosts.autoencoder(problem.units());
        TrafficListener listener = new TrafficListener();
        context.sc().addSparkListener(listener);
        int executors = executors(context.master());
        List<Batch> batches = StepCosts.batches(problem.cases(), problem.units()[0]);
        try (SparkChunks cases = SparkChunks.of(context, batches, executors); Workspace ws = Workspace.withThreads(2)) {
            Parameters theta = model.network().initialize(
                    Initializer.glorot(), Precision.FLOAT32, SparkChunksTest.random(1));
            Run run = SparkChunksTest.optimizer(method).start(new Start(model, theta, List.of(cases), 7, ws));
            steps(run, cases, steps[0]);
            traffic(context, listener);
            Steps measured = steps(run, cases, steps[1]);
            var traffic = traffic(context, listener);
            double count = steps[1];
            StepModel.Setting setting = new StepModel.Setting(problem.cases(), problem.units(), measured.iterations(),
                    traffic.jobs() / count, executors, context.isLocal());
            return new StepModel.Row(context.master(), method, StepModel.step(method, setting), fitted,
                    (traffic.sent() + traffic.received()) / count, measured.seconds(), traffic.seconds() / count);
        } finally {
            context.sc().removeSparkListener(listener);
        }
    }

    private static TrafficListener.Traffic traffic(JavaSparkContext context, TrafficListener listener)
            throws TimeoutException {
        context.sc().listenerBus().waitUntilEmpty();
        return listener.take();
    }

    /// Some steps.
    ///
    /// @param seconds of a step, the median
    /// @param iterations of conjugate gradients, the mean
    private record Steps(double seconds, double iterations) {}

    private static Steps steps(Run run, SparkChunks cases, int count) {
        double[] seconds = new double[count];
        double iterations = 0;
        for (int k = 0; k < count; k++) {
            long start = System.nanoTime();
            StepReport report = run.step(new StepData(cases));
            seconds[k] = (System.nanoTime() - start) * 1e-9;
            iterations += report.figures().getOrDefault("cgIterations", 0.0) / count;
        }
        return new Steps(StepCosts.median(seconds), iterations);
    }
}
