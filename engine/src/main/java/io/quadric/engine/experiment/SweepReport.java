package io.quadric.engine.experiment;

import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.experiment.Sweep.Cell;
import io.quadric.engine.experiment.Sweep.Trial;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.html.HtmlReport;
import io.quadric.engine.html.Part;
import io.quadric.engine.html.RunParts;
import io.quadric.engine.report.HeatMap;
import io.quadric.engine.report.HeatMap.Axis;
import io.quadric.engine.report.Machine;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.TrainingResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// The files of a sweep: `runs.csv` with a line for each run, `cells.csv` with one for each cell, `table.md`,
/// `heatmap.png` over the first two hyper-parameters, each cell the best of the others' values, and a report in HTML.
///
/// @param folder for the files
/// @param html the report
/// @param title of table and picture
public record SweepReport(Path folder, Path html, String title) {
    /// So many lines can be told apart.
    private static final int CURVES = 12;

    /// Writes everything; the files replace older ones.
    ///
    /// @param sweep the runs so far
    /// @param repeated what the best cell came to with more seeds, if it was repeated
    public void write(Sweep sweep, Optional<Cell> repeated) {
        text("runs.csv", runs(sweep));
        text("cells.csv", cells(sweep));
        String result = result(sweep, repeated);
        text("table.md", table(sweep, result));
        HeatMap map = heatMap(sweep);
        map.write(folder.resolve("heatmap.png"));
        page(sweep, map, result).write(html);
    }

    private HtmlReport page(Sweep sweep, HeatMap map, String result) {
        List<Part> parts = new ArrayList<>();
        parts.add(new Part.Rows(
                "Scores", "Of each combination the " + score(sweep) + ", over the runs that did not fail.",
                rows(sweep)));
        String others = sweep.grid().names().size() > 2 ? ", best of the other hyper-parameters' values" : "";
        parts.add(
                new Part.Shades("Scores over the grid" + others, axis(map.columns()), axis(map.rows()), map.numbers()));
        List<Done> best = bestRuns(sweep);
        String shown = best.size() < sweep.runs().size() ? "Curves of the best " + CURVES : "Curves";
        parts.add(new Part.Curves(shown, RunGroups.curves(best)));
        parts.add(RunParts.results(RunGroups.outcomes(sweep.runs().stream().map(Trial::done).toList())));
        RunSpec any = sweep.runs().getFirst().done().job().run();
        parts.add(RunParts.settings(any, sweep.runs().getFirst().done().job().dataset()));
        parts.add(RunParts.provenance(Map.of()));
        return new HtmlReport("Search: " + title, result, parts);
    }

    private static Part.Shades.Axis axis(Axis axis) {
        return new Part.Shades.Axis(axis.name(), axis.values());
    }

    private static List<List<String>> rows(Sweep sweep) {
        List<List<String>> rows = new ArrayList<>();
        List<String> heading = new ArrayList<>(sweep.grid().names());
        heading.addAll(List.of("score", "runs", "failed"));
        rows.add(heading);
        for (Cell cell : sweep.cells()) {
            List<String> row = new ArrayList<>(cell.values().values());
            row.addAll(List.of(spread(cell), Integer.toString(cell.runs()), Integer.toString(cell.failed())));
            rows.add(row);
        }
        return rows;
    }

    private static List<Done> bestRuns(Sweep sweep) {
        List<Map<String, String>> best = sweep.cells().stream()
                .sorted(Comparator.comparingDouble(cell -> Double.isNaN(cell.mean())
                        ? Double.POSITIVE_INFINITY
                        : cell.mean()))
                .limit(CURVES)
                .map(Cell::values)
                .toList();
        return sweep.runs().stream().filter(run -> best.contains(run.cell())).map(Trial::done).toList();
    }

    private void text(String file, String content) {
        OutputFile.write(folder.resolve(file), out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    private static String runs(Sweep sweep) {
        StringBuilder text = new StringBuilder(String.join(",", sweep.grid().names()))
                .append(",seed,score,trainLoss,epochs,steps,seconds,ended\n");
        for (Trial trial : sweep.runs()) {
            TrainingResult result = trial.done().ended().result();
            text.append(String.join(",", trial.cell().values())).append(',').append(trial.seed());
            text.append(',').append(sweep.score().of(trial.done())).append(',').append(result.last().trainLoss());
            text.append(',').append(result.at().epoch()).append(',').append(result.at().step());
            text.append(',').append(result.at().seconds()).append(',');
            text.append(result.outcome().getClass().getSimpleName().toLowerCase(Locale.ROOT)).append('\n');
        }
        return text.toString();
    }

    private static String cells(Sweep sweep) {
        StringBuilder text = new StringBuilder(String.join(",", sweep.grid().names()))
                .append(",runs,failed,mean,deviation\n");
        for (Cell cell : sweep.cells()) {
            text.append(String.join(",", cell.values().values()));
            text.append(',').append(cell.runs()).append(',').append(cell.failed());
            text.append(',').append(cell.mean()).append(',').append(cell.deviation()).append('\n');
        }
        return text.toString();
    }

    private String table(Sweep sweep, String result) {
        String names = sweep.grid().names().stream().map(name -> " " + name + " |").collect(Collectors.joining());
        StringBuilder text = new StringBuilder("# ").append(title).append("\n\n").append(Machine.describe());
        text.append("- date: ").append(LocalDate.now()).append("\n\nScore: ").append(score(sweep)).append(". ");
        text.append(result).append("\n\n|").append(names).append(" score | runs | failed |\n|");
        text.append("---|".repeat(sweep.grid().names().size() + 3)).append('\n');
        for (Cell cell : sweep.cells()) {
            text.append("| ").append(String.join(" | ", cell.values().values())).append(" | ");
            text.append(spread(cell)).append(" | ").append(cell.runs()).append(" | ").append(cell.failed());
            text.append(" |\n");
        }
        return text.append("\n![Scores](heatmap.png)\n").toString();
    }

    private static String score(Sweep sweep) {
        return sweep.score().name().toLowerCase(Locale.ROOT).replace('_', ' ') + ", mean ± standard deviation";
    }

    /// {@return the best cell in a sentence, and in another what it came to with more seeds}
    ///
    /// @param sweep the runs
    /// @param repeated the best cell again, if it was repeated
    public static String result(Sweep sweep, Optional<Cell> repeated) {
        String best = sweep.best()
                .map(cell -> "Best: " + Grid.text(cell.values()) + " with " + spread(cell) + ".")
                .orElse("In every cell a run failed.");
        return best + repeated.map(cell -> " Repeated with " + cell.runs() + " seeds: " + spread(cell)
                + (cell.failed() > 0 ? ", " + cell.failed() + " failed" : "") + ".").orElse("");
    }

    private static String spread(Cell cell) {
        return Double.isNaN(cell.mean()) ? "–" : Text.number(cell.mean()) + " ± " + Text.number(cell.deviation());
    }

    private HeatMap heatMap(Sweep sweep) {
        List<String> names = sweep.grid().names();
        Axis columns = new Axis(names.getFirst(), sweep.grid().values().get(names.getFirst()));
        Axis rows = names.size() == 1
                ? new Axis("", List.of(""))
                : new Axis(names.get(1), sweep.grid().values().get(names.get(1)));
        double[][] numbers = new double[rows.values().size()][columns.values().size()];
        for (double[] row : numbers) {
            Arrays.fill(row, Double.NaN);
        }
        for (Cell cell : sweep.cells()) {
            int column = columns.values().indexOf(cell.values().get(columns.name()));
            int row = names.size() == 1 ? 0 : rows.values().indexOf(cell.values().get(rows.name()));
            boolean better = cell.failed() == 0 && !(numbers[row][column] <= cell.mean());
            numbers[row][column] = better ? cell.mean() : numbers[row][column];
        }
        return new HeatMap(title, columns, rows, numbers);
    }
}
