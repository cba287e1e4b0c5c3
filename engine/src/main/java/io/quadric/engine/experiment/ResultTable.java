package io.quadric.engine.experiment;

import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.html.RunParts;
import io.quadric.engine.report.LogFile;
import io.quadric.engine.report.MachineLoad;
import io.quadric.engine.report.MeanAndDeviation;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingResult;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.function.DoubleFunction;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/// The table of what runs came to, with a row for those that differ by their seed alone. A figure of several runs is
/// the mean of those that did not fail ± one standard deviation.
///
/// @param goal the test error at which a problem counts as solved, 0 for none
/// @param runs in their order
record ResultTable(double goal, List<Done> runs) {
    private static final String ABSENT = "–";
    private static final String UNKNOWN = "not available";
    private static final Column NAME = new Column("run", group -> RunGroups.group(group.getFirst().job()));
    private static final List<Column> LOADS = List.of(
            new Column("load", ResultTable::load),
            new Column("CPU", ResultTable::share),
            new Column("seconds disturbed", ResultTable::disturbed));

    /// A column.
    ///
    /// @param heading of it
    /// @param cell of the runs of a row
    private record Column(String heading, Function<List<Done>, String> cell) {
        /// Of a figure that every run has.
        static Column of(String heading, DoubleFunction<String> number, ToDoubleFunction<TrainingResult> figure) {
            return optional(heading, number,
                    done -> OptionalDouble.of(figure.applyAsDouble(done.ended().result())));
        }

        static Column optional(String heading, DoubleFunction<String> number, Function<Done, OptionalDouble> figure) {
            return new Column(heading, group -> spread(RunGroups.sound(group), number, figure));
        }
    }

    private List<Column> columns() {
        List<Column> columns = new ArrayList<>(List.of(
                NAME,
                new Column("settings", group -> RunParts.method(group.getFirst().job().run().optimizer())),
                new Column("batch", group -> batch(group.getFirst().job().run().plan())),
                new Column("seeds", group -> group.size() == 1 ? ABSENT : RunGroups.seeds(group)),
                Column.of("epochs", decimals(1), result -> result.at().epoch()),
                Column.of("updates", decimals(0), result -> result.at().step()),
                Column.of("seconds", decimals(2), result -> result.at().seconds()),
                Column.optional("ms per update", Text::number, done -> perUpdate(done.ended().result())),
                Column.optional("CG iterations", decimals(0),
                        done -> LogFile.sum(done.ended().lines(), "cgIterations")),
                Column.of("train loss", Text::number, result -> result.last().trainLoss()),
                Column.optional("least", Text::number, done -> done.ended().curve().points().stream()
                        .mapToDouble(point -> point.evaluation().trainLoss()).min()),
                Column.optional("test loss", Text::number, done -> done.ended().result().last().testLoss()),
                new Column("test error", group -> percent(RunGroups.sound(group))),
                Column.optional("test MSE", Text::number,
                        done -> done.ended().result().last().testSquaredError()),
                new Column("solved after", this::solved),
                new Column("ended", group -> RunGroups.outcomes(group).getFirst().ended())));
        columns.addAll(columns.size() - 1, LOADS);
        return columns;
    }

    /// {@return the table in Markdown}
    String markdown() {
        List<List<String>> rows = rows(columns());
        StringBuilder table = new StringBuilder(line(rows.getFirst()));
        table.append("|").append("---|".repeat(rows.getFirst().size())).append("\n");
        rows.stream().skip(1).forEach(row -> table.append(line(row)));
        return table.toString();
    }

    private static String line(List<String> row) {
        return "| " + String.join(" | ", row) + " |\n";
    }

    /// {@return how busy the machine was, with a row of headings}; without other columns if no run says so.
    List<List<String>> loads() {
        return rows(Stream.concat(Stream.of(NAME), LOADS.stream()).toList());
    }

    /// Without the columns that have no figure in any row.
    private List<List<String>> rows(List<Column> columns) {
        Collection<List<Done>> groups = RunGroups.byGroup(runs).values();
        List<Column> shown = columns.stream()
                .filter(column -> groups.stream().anyMatch(group -> !column.cell().apply(group).equals(ABSENT)))
                .toList();
        List<List<String>> rows = new ArrayList<>();
        rows.add(shown.stream().map(Column::heading).toList());
        groups.forEach(group -> rows.add(shown.stream().map(column -> column.cell().apply(group)).toList()));
        return rows;
    }

    private static DoubleFunction<String> decimals(int count) {
        return value -> String.format(Locale.ROOT, "%." + count + "f", value);
    }

    private static String spread(
            List<Done> group, DoubleFunction<String> number, Function<Done, OptionalDouble> figure) {
        double[] values = group.stream().map(figure).flatMapToDouble(OptionalDouble::stream).toArray();
        return values.length == 0 ? ABSENT : MeanAndDeviation.of(values).text(number);
    }

    private static String batch(TrainingPlan plan) {
        return plan.batchSize() + (plan.curvatureBatchSize() > 0 ? " / " + plan.curvatureBatchSize() : "");
    }

    private static OptionalDouble perUpdate(TrainingResult result) {
        return result.at().step() == 0
                ? OptionalDouble.empty()
                : OptionalDouble.of(1000 * result.at().seconds() / result.at().step());
    }

    private static String percent(List<Done> group) {
        String spread = spread(group, decimals(2), done -> done.ended().result().last().testError().stream()
                .map(share -> 100 * share).findFirst());
        return spread.equals(ABSENT) ? ABSENT : spread + " %";
    }

    /// The first evaluated update at which the goal was reached, where there is one.
    private String solved(List<Done> group) {
        if (goal == 0) {
            return ABSENT;
        }
        List<Done> solved = group.stream().filter(done -> solution(done).isPresent()).toList();
        if (solved.isEmpty()) {
            return "not solved";
        }
        String updates = spread(solved, decimals(0), this::solution) + " updates";
        return solved.size() == group.size() ? updates : updates + ", " + solved.size() + " of " + group.size();
    }

    private OptionalDouble solution(Done done) {
        return done.ended().curve().points().stream()
                .filter(point -> point.evaluation().testError().orElse(1) < goal)
                .mapToDouble(point -> point.at().step())
                .findFirst();
    }

    /// From the lowest to the highest average.
    private static String load(List<Done> group) {
        List<MachineLoad> loads = loads(group);
        double[] averages = loads.stream()
                .flatMapToDouble(load -> DoubleStream.concat(load.before().stream(), load.after().stream()))
                .sorted()
                .toArray();
        if (averages.length == 0) {
            return loads.isEmpty() ? ABSENT : UNKNOWN;
        }
        return decimals(2).apply(averages[0]) + "–" + decimals(2).apply(averages[averages.length - 1]);
    }

    private static String share(List<Done> group) {
        List<MachineLoad> loads = loads(group);
        double[] shares = loads.stream().flatMapToDouble(load -> load.share().stream()).toArray();
        if (shares.length == 0) {
            return loads.isEmpty() ? ABSENT : UNKNOWN;
        }
        return decimals(0).apply(100 * MeanAndDeviation.of(shares).mean()) + " %";
    }

    private static String disturbed(List<Done> group) {
        List<String> reasons = loads(group).stream().flatMap(load -> load.disturbance().stream()).toList();
        if (reasons.isEmpty()) {
            return ABSENT;
        }
        String count = group.size() == 1 ? "" : reasons.size() + " of " + group.size() + ": ";
        return count + String.join(", ", reasons);
    }

    private static List<MachineLoad> loads(List<Done> group) {
        return group.stream().flatMap(done -> done.ended().load().stream()).toList();
    }
}
