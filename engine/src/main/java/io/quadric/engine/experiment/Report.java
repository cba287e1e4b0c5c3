package io.quadric.engine.experiment;

import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.html.HtmlReport;
import io.quadric.engine.html.Part;
import io.quadric.engine.html.RunParts;
import io.quadric.engine.report.CurveFiles;
import io.quadric.engine.report.Machine;
import io.quadric.engine.report.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/// The files of an experiment: `table.md`, `curves.csv`, two pictures for each data set, one of the training loss and
/// one of all figures, and a report in HTML.
///
/// @param folder for the files
/// @param html the report
/// @param experiment what was compared
/// @param threads of the runs
public record Report(Path folder, Path html, Experiment experiment, int threads) {
    private static final String LOAD = "load: work by processors in the minutes before the beginning and before the "
            + "end of the runs; CPU: processor seconds by seconds and threads";

    /// Writes everything; the files replace older ones.
    ///
    /// @param runs that were made
    public void write(List<Done> runs) {
        Map<String, List<Done>> problems = problems(runs);
        problems.forEach((problem, group) -> CurveFiles.panels(
                folder.resolve(picture("panels", problem, problems.size())), title(group), RunGroups.lines(group)));
        writeSoFar(runs);
    }

    private static Map<String, List<Done>> problems(List<Done> runs) {
        return runs.stream().collect(
                Collectors.groupingBy(Report::problem, LinkedHashMap::new, Collectors.toList()));
    }

    private static String picture(String name, String problem, int problems) {
        return name + (problems == 1 ? "" : "-" + RunFolder.fileName(problem)) + ".png";
    }

    /// Writes everything but the pictures of all figures, which take long.
    ///
    /// @param runs made so far
    public void writeSoFar(List<Done> runs) {
        Map<String, List<Done>> groups = problems(runs);
        CurveFiles.csv(folder.resolve("curves.csv"), runs.stream().map(done -> done.ended().curve()).toList());
        StringBuilder text = new StringBuilder("# ").append(experiment.name()).append("\n\n")
                .append(experiment.summary()).append(". ").append(experiment.source()).append(".\n\n")
                .append(Machine.describe())
                .append("- threads: ").append(threads).append("\n- date: ").append(LocalDate.now()).append("\n")
                .append(notes(runs));
        groups.forEach((problem, group) -> {
            String picture = picture("curves", problem, groups.size());
            String panels = picture("panels", problem, groups.size());
            CurveFiles.png(folder.resolve(picture), title(group), experiment.axis(), RunGroups.lines(group));
            text.append("\n## ").append(problem).append("\n\n").append(table(group).markdown())
                    .append("\n![Training loss](").append(picture).append(")\n")
                    .append("\n[All figures by updates, epochs and seconds](").append(panels).append(")\n");
        });
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        OutputFile.write(folder.resolve("table.md"), out -> out.write(bytes));
        page(groups).write(html);
    }

    /// What has to be said about the figures of all rows.
    private static String notes(List<Done> runs) {
        String means = RunGroups.byGroup(runs).size() == runs.size()
                ? ""
                : "- figures of several seeds: mean of the runs that did not fail ± one standard deviation\n";
        return runs.stream().allMatch(done -> done.ended().load().isEmpty())
                ? means
                : means + "- " + LOAD + "\n";
    }

    private ResultTable table(List<Done> runs) {
        return new ResultTable(experiment.goal(), runs);
    }

    private HtmlReport page(Map<String, List<Done>> groups) {
        List<Part> parts = new ArrayList<>();
        List<Done> runs = groups.values().stream().flatMap(List::stream).toList();
        groups.forEach((problem, group) -> {
            parts.add(new Part.Heading(problem));
            parts.add(RunParts.results(RunGroups.outcomes(group)));
            parts.add(new Part.Curves("Curves", RunGroups.curves(group)));
        });
        if (runs.stream().anyMatch(done -> done.ended().load().isPresent())) {
            parts.add(new Part.Rows("Load of the machine", "Columns: " + LOAD + ".", table(runs).loads()));
        }
        parts.add(settings(runs));
        parts.add(RunParts.provenance(Map.of("threads", Integer.toString(threads))));
        return new HtmlReport(experiment.name(), experiment.summary() + ". " + experiment.source() + ".", parts);
    }

    private static Part settings(List<Done> runs) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("run", "settings", "batch", "L2 penalty", "initialization", "seed"));
        for (Done done : runs) {
            RunSpec run = done.job().run();
            rows.add(List.of(done.job().label(), RunParts.method(run.optimizer()),
                    Integer.toString(run.plan().batchSize()),
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
}
