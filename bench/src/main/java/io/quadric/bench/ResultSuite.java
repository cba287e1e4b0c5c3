package io.quadric.bench;

import io.quadric.bench.baseline.Baselines;
import io.quadric.engine.InputException;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Workspace;
import io.quadric.optim.Optimizer;
import io.quadric.optim.recipe.Optimizers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Recipe `quadric` untouched, and other recipes and [baselines][Baselines] if asked for, against Adam, SGD, RMSprop,
/// each with the best rate of a grid, on the same first parameters, by one thread. The rate is searched with the first
/// seed, and its time is not counted. What is compared is the training loss, at equal seconds and by the seconds to a
/// target: the loss at which tuned Adam ends with that seed.
///
/// Every run is appended to `<directory>/result-suite.tsv`; runs that are there are not repeated, so that a suite that
/// was interrupted goes on.
public final class ResultSuite {
    private static final int EVALUATIONS = 40;
    /// Seconds of each method on each problem before it is timed: the compiler needs them.
    private static final double WARM_UP = 3;
    private static final double[] RATES = {3e-4, 1e-3, 3e-3, 1e-2};
    private static final double[] SGD_RATES = {1e-2, 3e-2, 1e-1};
    private static final List<String> TUNED = List.of("adam", "rmsprop", "sgd");
    private static final int FIXED = 4;

    private final Path file;
    private final double factor;
    private final int seeds;
    private final Set<String> warm = new HashSet<>();
    private final ResultRuns runs = new ResultRuns();

    private ResultSuite(Path file, double factor, int seeds) throws IOException {
        this.file = file;
        this.factor = factor;
        this.seeds = seeds;
        if (Files.exists(file)) {
            Files.readAllLines(file).stream().map(ResultCurve::parse).forEach(runs::add);
        }
    }

    /// Runs the suite.
    ///
    /// @param args the directory of the result files, `bench/results` if absent; a folder with any of `mnist`,
    ///     `cifar10` and `libsvm`, or `-`; a factor on the seconds of every run, 1 if absent; how many seeds, 5 if
    ///     absent; further recipes
    /// @throws IOException if a file cannot be written
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args.length > 0 ? args[0] : "bench/results");
        Files.createDirectories(directory);
        boolean files = args.length > 1 && !args[1].equals("-");
        Optional<Path> data = files ? Optional.of(Path.of(args[1])) : Optional.empty();
        double factor = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        int seeds = args.length > 3 ? Integer.parseInt(args[3]) : 5;
        ResultSuite suite = new ResultSuite(directory.resolve("result-suite.tsv"), factor, seeds);
        List<String> recipes = new ArrayList<>(List.of("quadric"));
        recipes.addAll(List.of(args).subList(Math.min(FIXED, args.length), args.length));
        List<ResultProblem> problems = ResultProblem.all(data);
        for (ResultProblem problem : problems) {
            suite.run(problem, recipes);
        }
        List<String> methods = new ArrayList<>(recipes);
        methods.addAll(TUNED);
        ResultReport report = new ResultReport(suite.runs, problems, methods, seeds);
        ResultFile.write(args, "results", "Recipes untouched against tuned first-order methods", report.text(factor));
        report.picture(directory.resolve("result-suite.png"));
    }

    private void run(ResultProblem problem, List<String> recipes) throws IOException {
        ResultProblem.Loaded loaded = problem.load().load();
        for (String recipe : TUNED) {
            for (double rate : recipe.equals("sgd") ? SGD_RATES : RATES) {
                run(problem, loaded, new Method(recipe, Double.toString(rate)), 1);
            }
        }
        for (int seed = 1; seed <= seeds; seed++) {
            for (String recipe : TUNED) {
                run(problem, loaded, Method.of(runs.best(problem.name(), recipe)), seed);
            }
            // last, when the compiler has seen the kernels that all methods share
            for (String recipe : recipes) {
                run(problem, loaded, new Method(recipe, ""), seed);
            }
        }
    }

    /// A method of the suite.
    ///
    /// @param recipe its name
    /// @param rate empty if it is untouched
    private record Method(String recipe, String rate) {
        static Method of(String name) {
            String[] words = name.split(" ");
            return new Method(words[0], words[1]);
        }

        String name() {
            return rate.isEmpty() ? recipe : recipe + " " + rate;
        }

        /// Tuned methods and baselines have the batches of the problem, recipes those that they are made for.
        TrainingSetup on(ResultProblem problem, ResultProblem.Loaded loaded, long seed) {
            Map<String, String> values = rate.isEmpty() ? Map.of() : Map.of("learningRate", rate);
            Optimizer optimizer = Baselines.named(recipe).orElseGet(() -> Optimizers.named(recipe).with(values));
            int cases = loaded.problem().data().train().cases();
            boolean ofRecipe = rate.isEmpty() && Baselines.named(recipe).isEmpty();
            OptionalInt batch = ofRecipe ? OptionalInt.empty() : OptionalInt.of(problem.batch());
            TrainingPlan plan = new BatchRequest(batch).plan(recipe, optimizer, cases, seed);
            return new TrainingSetup(loaded.problem(), optimizer, plan, loaded.initializer());
        }
    }

    private void run(ResultProblem problem, ResultProblem.Loaded loaded, Method method, long seed) throws IOException {
        if (runs.has(problem.name(), method.name(), seed)) {
            return;
        }
        double seconds = factor * problem.seconds();
        TrainingSetup setup = method.on(problem, loaded, seed);
        try (Workspace ws = Workspace.serial()) {
            if (warm.add(problem.name() + " " + method.recipe())) {
                train(new Trainer(setup, ws), Math.max(WARM_UP, seconds / 4), new ArrayList<>(), new ArrayList<>());
            }
            List<Double> at = new ArrayList<>();
            List<Double> losses = new ArrayList<>();
            Trainer trainer = new Trainer(setup, ws);
            train(trainer, seconds, at, losses);
            ResultCurve run = new ResultCurve(
                    problem.name(), method.name(), seed, trainer.at().step(), at, losses);
            runs.add(run);
            Files.writeString(file, run.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            System.out.printf(Locale.ROOT, "%s, %s, seed %d: %.4g after %d steps%n", problem.name(), method.name(),
                    seed,
                    run.last(), run.steps());
        }
    }

    /// Evaluates at equal distances, outside of the clock.
    private static void train(Trainer trainer, double seconds, List<Double> at, List<Double> losses) {
        for (int i = 1; i <= EVALUATIONS; i++) {
            try {
                trainer.train(new Schedule(
                        Long.MAX_VALUE, Long.MAX_VALUE, i * seconds / EVALUATIONS, Long.MAX_VALUE), List.of());
            } catch (InputException e) {
                break;
            }
            at.add(trainer.at().seconds());
            losses.add(trainer.evaluation().trainLoss());
        }
    }
}
