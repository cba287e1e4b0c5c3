package io.quadric.engine.experiment;

import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.html.HtmlReport;
import io.quadric.engine.html.Part;
import io.quadric.engine.html.RunParts;
import io.quadric.engine.report.CurveFiles;
import io.quadric.engine.report.LogFile;
import io.quadric.engine.report.Machine;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/// The files of an experiment: `table.md`, `curves.csv`, a picture for each data set, and a report in HTML.
///
/// @param folder for the files
/// @param html the report
/// @param experiment what was compared
/// @param threads of the runs
public record Report(Path folder, Path html, Experiment experiment, int threads) {
    private static final String ABSENT = "–";
    private static final List<String> HEADINGS = List.of("run", "settings", "batch", "epochs", "updates", "seconds",
            "ms per update", "CG iterations", "train loss", "least", "test loss", "test error", "solved after",
            "ended");

    /// Writes everything; the files replace older ones.
    ///
    /// @param runs made so far
    public void write(List<Done> runs) {
        Map<String, List<Done>> groups = runs.stream().collect(
                Collectors.groupingBy(Report::problem, LinkedHashMap::new, Collectors.toList()));
        CurveFiles.csv(folder.resolve("curves.csv"), runs.stream().map(done -> done.ended().curve()).toList());
        StringBuilder text = new StringBuilder("# ").append(experiment.name()).append("\n\n")
                .append(experiment.summary()).append(". ").append(experiment.source()).append(".\n\n")
                .append(Machine.describe())
                .append("- threads: ").append(threads).append("\n- date: ").append(LocalDate.now()).append("\n");
        groups.forEach((problem, group) -> {
            String picture = groups.size() == 1 ? "curves.png" : "curves-" + RunFolder.fileName(problem) + ".png";
            CurveFiles.png(folder.resolve(picture), title(group), experiment.axis(),
                    group.stream().map(done -> done.ended().curve()).toList());
            text.append("\n## ").append(problem).append("\n\n").append(table(group))
                    .append("\n![Training loss](").append(picture).append(")\n");
        });
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        OutputFile.write(folder.resolve("table.md"), out -> out.write(bytes));
        page(groups).write(html);
    }

    private HtmlReport page(Map<String, List<Done>> groups) {
        List<Part> parts = new ArrayList<>();
        groups.forEach((problem, group) -> {
            parts.add(new Part.Heading(problem));
            parts.add(RunParts.results(RunGroups.outcomes(group)));
            parts.add(new Part.Curves("Curves", RunGroups.curves(group)));
        });
        parts.add(settings(groups.values().stream().flatMap(List::stream).toList()));
        parts.add(RunParts.provenance(Map.of("threads", Integer.toString(threads))));
        return new HtmlReport(experiment.name(), experiment.summary() + ". " + experiment.source() + ".", parts);
    }

    private static Part settings(List<Done> runs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("run", "settings", "batch", "L2 penalty", "initialization", "seed"));
        for (Done done : runs) {
            RunSpec run = done.job().run();
            rows.add(List.of(done.job().label(), settings(done), Integer.toString(run.plan().batchSize()),
                    Text.number(run.model().model().l2()), run.initialization().name(),
                    Long.toString(run.plan().seed())));
        }
        return new Part.Rows("Settings", "", rows);
    }

    private static String title(List<Done> group) {
        return group.getFirst().job().run().model().name();
    }

    private static String problem(Done done) {
        Path data = Path.of(done.job().run().data());
        return done.job().run().model().name() + " on " + (data.getNameCount() > 0 ? data.getFileName() : data);
    }

    /// Columns without any figure are left out.
    private String table(List<Done> group) {
        List<List<String>> rows = group.stream().map(this::cells).toList();
        int[] columns = IntStream.range(0, HEADINGS.size())
                .filter(j -> rows.stream().anyMatch(row -> !row.get(j).equals(ABSENT)))
                .toArray();
        StringBuilder table = new StringBuilder(line(HEADINGS, columns));
        table.append("|").append("---|".repeat(columns.length)).append("\n");
        rows.forEach(row -> table.append(line(row, columns)));
        return table.toString();
    }

    private static String line(List<String> row, int[] columns) {
        return IntStream.of(columns).mapToObj(row::get).collect(Collectors.joining(" | ", "| ", " |\n"));
    }

    private List<String> cells(Done done) {
        TrainingResult result = done.ended().result();
        var plan = done.job().run().plan();
        List<String> cells = new ArrayList<>();
        cells.add(done.job().label());
        cells.add(settings(done));
        cells.add(plan.batchSize() + (plan.curvatureBatchSize() > 0 ? " / " + plan.curvatureBatchSize() : ""));
        cells.add(String.format(Locale.ROOT, "%.1f", result.at().epoch()));
        cells.add(Long.toString(result.at().step()));
        cells.add(Text.seconds(result.at().seconds()));
        cells.add(result.at().step() == 0 ? ABSENT : Text.number(1000 * result.at().seconds() / result.at().step()));
        cells.add(whole(LogFile.sum(done.ended().lines(), "cgIterations").orElse(-1)));
        cells.add(Text.number(result.last().trainLoss()));
        cells.add(Text.number(done.ended().curve().points().stream()
                .mapToDouble(point -> point.evaluation().trainLoss()).min()));
        cells.add(Text.number(result.last().testLoss()));
        cells.add(Text.percent(result.last().testError()));
        cells.add(solved(done));
        cells.add(switch (result.outcome()) {
            case TrainingOutcome.Completed c -> "at the limit";
            case TrainingOutcome.Stalled s -> "stalled: " + s.reason();
            case TrainingOutcome.Stopped s -> "stopped: " + s.reason();
            case TrainingOutcome.Failed f -> "failed: " + f.reason();
        });
        return cells;
    }

    private static String whole(double count) {
        return count < 0 ? ABSENT : String.format(Locale.ROOT, "%.0f", count);
    }

    private static String settings(Done done) {
        return RunParts.method(done.job().run().optimizer());
    }

    /// The first evaluated update at which the goal was reached, where there is one.
    private String solved(Done done) {
        double goal = experiment.budget().goal();
        return goal == 0
                ? ABSENT
                : done.ended().curve().points().stream()
                        .filter(point -> point.evaluation().testError().orElse(1) < goal)
                        .findFirst()
                        .map(point -> point.at().step() + " updates")
                        .orElse("not solved");
    }
}
