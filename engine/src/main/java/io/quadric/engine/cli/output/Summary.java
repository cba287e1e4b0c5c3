package io.quadric.engine.cli.output;

import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.BatchSizes;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.engine.train.TrainingResult;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Workspace;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.Collectors;

/// What a run is, in the beginning, and what it came to, in the end.
public final class Summary {
    /// The column of the training loss.
    private static final int TRAIN_LOSS = 5;

    private Summary() {}

    /// A run in the closing table.
    public record Row(String optimizer, TrainingResult result) {}

    public static String heading(RunSpec run, TrainingSetup setup, Workspace ws) {
        return problem(run, setup.problem().data(), ws) + System.lineSeparator() + method(run);
    }

    public static String problem(RunSpec run, Dataset data, Workspace ws) {
        return String.format(
                Locale.ROOT,
                "%s (%,d parameters, %s, %d %s) on %s (%,d cases%s)",
                run.model().name(),
                run.model().model().network().layout().size(),
                run.precision(),
                ws.threads(),
                ws.threads() == 1 ? "thread" : "threads",
                data.name(),
                data.train().cases(),
                data.test().map(test -> String.format(Locale.ROOT, ", %,d to test", test.cases())).orElse(""));
    }

    public static String method(RunSpec run) {
        TrainingPlan plan = run.plan();
        BatchSizes sizes = plan.sizes(0);
        String curvature = sizes.curvature() == 0
                ? ""
                : ", curvature batch of " + sizes.curvature() + " cases" + switch (sizes.pool()) {
                    case ALL -> "";
                    case GRADIENT_BATCH -> " of the gradient batch";
                    case OTHERS -> " outside the gradient batch";
                };
        String evaluation = sizes.evaluation() == 0 ? "" : ", evaluation batch of " + sizes.evaluation() + " cases";
        String growth = sizes.growth() == 1 ? "" : ", all growing by " + sizes.growth() + " an epoch";
        String values = run.optimizer().values().isEmpty() ? "" : " " + run.optimizer().values();
        return run.optimizer().recipe() + values + ", " + plan.stepsPerEpoch()
                + (plan.stepsPerEpoch() == 1 ? " step" : " steps") + " an epoch of at most " + plan.batchSize()
                + " cases" + curvature + evaluation + growth + ", seed " + plan.seed() + memory(run)
                + plan.cuts().stream().map(cut -> System.lineSeparator() + "note: " + cut)
                        .collect(Collectors.joining());
    }

    /// What the method will keep from step to step, as it predicts it.
    private static String memory(RunSpec run) {
        OptionalLong elements = run.optimizer().optimizer().memory(run.model().model().network().layout());
        return elements.isEmpty()
                ? ""
                : String.format(Locale.ROOT, ", memory %.1f MB", elements.getAsLong() * run.precision().bytes() / 1e6);
    }

    public static String table(List<Row> rows) {
        List<List<String>> cells = new ArrayList<>();
        boolean averaged = rows.stream().anyMatch(row -> row.result().last().parametersTrainLoss().isPresent());
        List<String> titles = List.of(
                "optimizer", "epochs", "steps", "seconds", "initial loss", "train loss", "test loss", "test error",
                "ended");
        cells.add(withParameters(averaged, titles, "at parameters"));
        rows.forEach(row -> cells.add(withParameters(
                averaged, cells(row), Text.number(row.result().last().parametersTrainLoss()))));
        return Text.table(cells);
    }

    /// With the training loss at the parameters behind that of their average, if some method keeps one.
    private static List<String> withParameters(boolean averaged, List<String> cells, String cell) {
        List<String> all = new ArrayList<>(cells);
        if (averaged) {
            all.add(TRAIN_LOSS + 1, cell);
        }
        return all;
    }

    private static List<String> cells(Row row) {
        TrainingResult result = row.result();
        String ended = switch (result.outcome()) {
            case TrainingOutcome.Completed completed -> "at the limit";
            case TrainingOutcome.Stalled stalled -> "stalled";
            case TrainingOutcome.Stopped stopped -> "early";
            case TrainingOutcome.Failed failed -> "failed";
        };
        return List.of(
                row.optimizer(),
                String.format(Locale.ROOT, "%.1f", result.at().epoch()),
                Long.toString(result.at().step()),
                Text.seconds(result.at().seconds()),
                Text.number(result.initial().trainLoss()),
                Text.number(result.last().trainLoss()),
                Text.number(result.last().testLoss()),
                Text.percent(result.last().testError()),
                ended);
    }
}
