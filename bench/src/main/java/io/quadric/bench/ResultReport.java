package io.quadric.bench;

import io.quadric.engine.report.LineChart;
import io.quadric.engine.report.MeanAndDeviation;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.DoubleStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/// Table, performance profile and picture of [ResultSuite].
///
/// @param runs all of them
/// @param problems by rows
/// @param methods by columns; `adam` is one of them, whose last loss is the target
/// @param seeds from 1 on
record ResultReport(ResultRuns runs, List<ResultProblem> problems, List<String> methods, int seeds) {
    private static final double[] TAUS = {1, 1.3, 2, 4, 8};
    private static final double FASTER = 0.5;
    private static final double SLOWER = 1.3;
    private static final double LARGEST_TAU = 16;
    private static final int POINTS = 200;

    private ResultCurve run(ResultProblem problem, String recipe, long seed) {
        return runs.get(problem.name(), runs.best(problem.name(), recipe), seed);
    }

    /// Seconds to the target by problem and seed.
    private double[] times(String recipe) {
        return problems.stream()
                .flatMapToDouble(problem -> seconds(problem, recipe))
                .toArray();
    }

    private DoubleStream seconds(ResultProblem problem, String recipe) {
        return LongStream.rangeClosed(1, seeds).mapToDouble(
                seed -> run(problem, recipe, seed).secondsTo(run(problem, "adam", seed).last()));
    }

    /// The least seconds of any method by problem and seed.
    private double[] best() {
        double[] best = times(methods.getFirst());
        for (String method : methods) {
            double[] own = times(method);
            Arrays.setAll(best, i -> Math.min(best[i], own[i]));
        }
        return best;
    }

    /// The median over the seeds of the method's seconds to the target as a share of those of tuned Adam.
    private double ratio(ResultProblem problem, String recipe) {
        double[] adam = seconds(problem, "adam").toArray();
        double[] own = seconds(problem, recipe).toArray();
        double[] ratios = new double[seeds];
        Arrays.setAll(ratios, i -> own[i] / adam[i]);
        Arrays.sort(ratios);
        return (ratios[(seeds - 1) / 2] + ratios[seeds / 2]) / 2;
    }

    /// @param factor on the seconds of every problem
    String text(double factor) {
        StringBuilder out = new StringBuilder(String.format(Locale.ROOT,
                """
                        Training loss at the end of equal seconds by one thread, mean and standard deviation of
                        %d seeds; in parentheses the seconds to the loss at which tuned Adam ends as a share of
                        Adam's, the median of the seeds. Tuned methods have the best rate of a grid with seed 1;
                        the others are untouched.

                        | problem | seconds |""",
                seeds));
        header(out, "|---|---|");
        for (ResultProblem problem : problems) {
            out.append(String.format(Locale.ROOT, "| %s | %.1f |", problem.name(), factor * problem.seconds()));
            methods.forEach(method -> out.append(cell(problem, method)));
            out.append("\n");
        }
        summary(out);
        out.append(
                """

                        Share of problems and seeds on which a method reaches the target within τ times the
                        least seconds of any:

                        | τ |""");
        header(out, "|---|");
        double[] best = best();
        for (double tau : TAUS) {
            out.append(String.format(Locale.ROOT, "| %.1f |", tau));
            methods.forEach(method -> out.append(
                    String.format(Locale.ROOT, " %.2f |", ResultCurve.profile(times(method), best, tau))));
            out.append("\n");
        }
        return out.append("\n![performance profile](result-suite.png)\n").toString();
    }

    private void header(StringBuilder out, String columns) {
        methods.forEach(method -> out.append(" ").append(method).append(" |"));
        out.append("\n").append(columns).append("---|".repeat(methods.size())).append("\n");
    }

    private void summary(StringBuilder out) {
        out.append(String.format(Locale.ROOT, """

                Problems of %d on which a method takes at most %.1f of tuned Adam's seconds, and more than %.1f of them:

                | |""", problems.size(), FASTER, SLOWER));
        header(out, "|---|");
        out.append(String.format(Locale.ROOT, "| at most %.1f |", FASTER));
        methods.forEach(method -> out.append(" ").append(
                problems.stream().filter(problem -> ratio(problem, method) <= FASTER).count()).append(" |"));
        out.append(String.format(Locale.ROOT, "\n| more than %.1f, or never there |", SLOWER));
        methods.forEach(method -> out.append(" ").append(
                problems.stream().filter(problem -> !(ratio(problem, method) <= SLOWER)).count()).append(" |"));
        out.append("\n");
    }

    private String cell(ResultProblem problem, String recipe) {
        double[] last = LongStream.rangeClosed(1, seeds)
                .mapToDouble(seed -> run(problem, recipe, seed).last())
                .toArray();
        MeanAndDeviation spread = MeanAndDeviation.of(last);
        double ratio = ratio(problem, recipe);
        String name = runs.best(problem.name(), recipe);
        String rate = name.equals(recipe) ? "" : name.substring(recipe.length() + 1) + ": ";
        String time = Double.isFinite(ratio) ? String.format(Locale.ROOT, "%.2f", ratio) : "–";
        return Double.isFinite(spread.mean())
                ? String.format(Locale.ROOT, " %s%.4g ± %.2g (%s) |", rate, spread.mean(), spread.deviation(), time)
                : " " + rate + "failed |";
    }

    /// Draws the performance profile.
    ///
    /// @param file the picture
    void picture(Path file) {
        double[] best = best();
        double[] taus = new double[POINTS];
        Arrays.setAll(taus, i -> Math.pow(LARGEST_TAU, (double) i / (POINTS - 1)));
        Stream<LineChart.Line> lines = methods.stream().map(method -> {
            double[] own = times(method);
            return new LineChart.Line(method, Arrays.stream(taus).map(tau -> Math.log(tau) / Math.log(2)).toArray(),
                    Arrays.stream(taus).map(tau -> ResultCurve.profile(own, best, tau)).toArray());
        });
        LineChart.png(file, List.of(new LineChart("share of problems and seeds solved",
                "log2 of the time as a multiple of the least", "share", LineChart.Scale.LINEAR, lines.toList())));
    }
}
