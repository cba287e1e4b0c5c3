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
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/// Recipe `quadric` untouched, and other recipes and [baselines][Baselines] if asked for, against Adam, SGD, RMSprop,
/// each with the best rate of a grid, on the same first parameters, by one thread; the time of tuning is not counted.
/// What is compared is the training loss, at equal seconds and by the seconds to a target: the loss at which tuned Adam
/// ends.
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
    private static final double[] TAUS = {1, 2, 4, 8};

    private final Path file;
    private final double factor;
    private final Set<String> warm = new HashSet<>();
    private final Map<String, ResultCurve> runs = new LinkedHashMap<>();

    private ResultSuite(Path file, double factor) throws IOException {
        this.file = file;
        this.factor = factor;
        if (Files.exists(file)) {
            Files.readAllLines(file).stream().map(ResultCurve::parse).forEach(run -> runs.put(key(run), run));
        }
    }

    private static String key(ResultCurve run) {
        return run.problem() + "\t" + run.method();
    }

    /// Runs the suite.
    ///
    /// @param args the directory of the result file, `bench/results` if absent; a folder with `mnist`, `cifar10` and
    ///     `libsvm`, or `-`; a factor on the seconds of every run, 1 if absent; further recipes
    /// @throws IOException if a file cannot be written
    public static void main(String[] args) throws IOException {
        Path directory = Path.of(args.length > 0 ? args[0] : "bench/results");
        Files.createDirectories(directory);
        boolean files = args.length > 1 && !args[1].equals("-");
        Optional<Path> data = files ? Optional.of(Path.of(args[1])) : Optional.empty();
        double factor = args.length > 2 ? Double.parseDouble(args[2]) : 1;
        ResultSuite suite = new ResultSuite(directory.resolve("result-suite.tsv"), factor);
        List<String> recipes = new ArrayList<>(List.of("quadric"));
        recipes.addAll(List.of(args).subList(Math.min(3, args.length), args.length));
        List<ResultProblem> problems = ResultProblem.all(data);
        for (ResultProblem problem : problems) {
            suite.run(problem, recipes);
        }
        ResultFile.write(args, "results", "Recipes untouched against tuned first-order methods",
                suite.report(problems, recipes));
    }

    private void run(ResultProblem problem, List<String> recipes) throws IOException {
        ResultProblem.Loaded loaded = problem.load().load();
        for (String recipe : TUNED) {
            for (double rate : recipe.equals("sgd") ? SGD_RATES : RATES) {
                run(problem, loaded, recipe, Double.toString(rate));
            }
        }
        // last, when the compiler has seen the kernels that all methods share
        for (String recipe : recipes) {
            run(problem, loaded, recipe, "");
        }
    }

    private void run(ResultProblem problem, ResultProblem.Loaded loaded, String recipe, String rate)
            throws IOException {
        String method = rate.isEmpty() ? recipe : recipe + " " + rate;
        if (runs.containsKey(problem.name() + "\t" + method)) {
            return;
        }
        double seconds = factor * problem.seconds();
        try (Workspace ws = Workspace.serial()) {
            if (warm.add(problem.name() + "\t" + recipe)) {
                curve(problem, setup(problem, loaded, recipe, rate), method, Math.max(WARM_UP, seconds / 4), ws);
            }
            ResultCurve run = curve(problem, setup(problem, loaded, recipe, rate), method, seconds, ws);
            runs.put(key(run), run);
            Files.writeString(file, run.line() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
            System.out.printf(Locale.ROOT, "%s, %s: %.4g after %d steps%n", problem.name(), method, run.last(),
                    run.steps());
        }
    }

    /// Tuned methods and baselines have the batches of the problem, recipes those that they are made for.
    private static TrainingSetup setup(
            ResultProblem problem, ResultProblem.Loaded loaded, String recipe, String rate) {
        Map<String, String> values = rate.isEmpty() ? Map.of() : Map.of("learningRate", rate);
        Optimizer optimizer = Baselines.named(recipe).orElseGet(() -> Optimizers.named(recipe).with(values));
        int cases = loaded.problem().data().train().cases();
        boolean ofRecipe = rate.isEmpty() && Baselines.named(recipe).isEmpty();
        OptionalInt batch = ofRecipe ? OptionalInt.empty() : OptionalInt.of(problem.batch());
        TrainingPlan plan = new BatchRequest(batch).plan(recipe, optimizer, cases, 1);
        return new TrainingSetup(loaded.problem(), optimizer, plan, loaded.initializer());
    }

    private static ResultCurve curve(
            ResultProblem problem, TrainingSetup setup, String method, double seconds, Workspace ws) {
        Trainer trainer = new Trainer(setup, ws);
        List<Double> at = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
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
        return new ResultCurve(problem.name(), method, trainer.at().step(), at, losses);
    }

    private List<ResultCurve> of(ResultProblem problem, String recipe) {
        return runs.values().stream()
                .filter(run -> run.problem().equals(problem.name()))
                .filter(run -> run.method().equals(recipe) || run.method().startsWith(recipe + " "))
                .toList();
    }

    /// The run with the lowest loss at its end.
    private ResultCurve best(ResultProblem problem, String recipe) {
        return of(problem, recipe).stream().min(Comparator.comparingDouble(ResultCurve::last)).orElseThrow();
    }

    private String report(List<ResultProblem> problems, List<String> recipes) {
        List<String> methods = new ArrayList<>(recipes);
        methods.addAll(TUNED);
        StringBuilder out = new StringBuilder("""
                Training loss at the end of equal seconds by one thread, with the best rate of each tuned method, and in
                parentheses the seconds to the loss at which tuned Adam ends.

                | problem | seconds |""");
        methods.forEach(method -> out.append(" ").append(method).append(" |"));
        out.append("\n|---|---|").append("---|".repeat(methods.size())).append("\n");
        double[][] times = new double[methods.size()][problems.size()];
        for (int p = 0; p < problems.size(); p++) {
            ResultProblem problem = problems.get(p);
            double target = best(problem, "adam").last();
            out.append(String.format(Locale.ROOT, "| %s | %.1f |", problem.name(), factor * problem.seconds()));
            for (int m = 0; m < methods.size(); m++) {
                times[m][p] = of(problem, methods.get(m)).stream()
                        .mapToDouble(run -> run.secondsTo(target)).min().orElse(Double.POSITIVE_INFINITY);
                out.append(cell(best(problem, methods.get(m)), times[m][p]));
            }
            out.append("\n");
        }
        return out.append(profiles(methods, times)).toString();
    }

    private static String cell(ResultCurve run, double seconds) {
        String time = Double.isFinite(seconds) ? String.format(Locale.ROOT, "%.2f", seconds) : "–";
        return String.format(Locale.ROOT, " %s: %.4g (%s) |", run.method(), run.last(), time);
    }

    private static String profiles(List<String> methods, double[][] times) {
        StringBuilder out = new StringBuilder("""

                Share of problems on which a method reaches the target within τ times the least seconds of any:

                | τ |""");
        methods.forEach(method -> out.append(" ").append(method).append(" |"));
        out.append("\n|---|").append("---|".repeat(methods.size())).append("\n");
        double[] best = new double[times[0].length];
        for (int p = 0; p < best.length; p++) {
            best[p] = Double.POSITIVE_INFINITY;
            for (double[] own : times) {
                best[p] = Math.min(best[p], own[p]);
            }
        }
        for (double tau : TAUS) {
            out.append(String.format(Locale.ROOT, "| %.0f |", tau));
            for (double[] own : times) {
                out.append(String.format(Locale.ROOT, " %.2f |", ResultCurve.profile(own, best, tau)));
            }
            out.append("\n");
        }
        return out.toString();
    }
}
