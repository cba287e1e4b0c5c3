package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.cli.option.ClaimedFiles;
import io.quadric.engine.cli.option.JsonOption;
import io.quadric.engine.cli.option.LimitOptions;
import io.quadric.engine.cli.option.Range;
import io.quadric.engine.cli.option.RegisteredNames;
import io.quadric.engine.cli.option.ReportOption;
import io.quadric.engine.cli.option.RunOptions;
import io.quadric.engine.cli.option.TensorBoardOption;
import io.quadric.engine.cli.output.EvaluationJson;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.cli.output.RunJson;
import io.quadric.engine.cli.output.Summary;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Campaign;
import io.quadric.engine.experiment.Campaign.Done;
import io.quadric.engine.experiment.Grid;
import io.quadric.engine.experiment.JitWarmUp;
import io.quadric.engine.experiment.PublishedGrids;
import io.quadric.engine.experiment.RunFolder;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.experiment.Sweep;
import io.quadric.engine.experiment.Sweep.Cell;
import io.quadric.engine.experiment.Sweep.Score;
import io.quadric.engine.experiment.Sweep.Trial;
import io.quadric.engine.experiment.SweepReport;
import io.quadric.engine.file.WriteLock;
import io.quadric.engine.json.ModelSpec;
import io.quadric.linalg.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quadric sweep`.
@Command(
        name = "sweep",
        description = {
            "Searches a grid of hyper-parameters: trains each combination from several seeds and writes table.md, "
                    + "cells.csv, runs.csv, heatmap.png, report.html, and in the folder 'runs' a log and a checkpoint "
                    + "of each run.",
            "Given again, the command goes on where it stopped."},
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 1 in every cell a run failed, 2 wrong usage or input."})
final class SweepCommand implements Callable<Integer> {
    private final Output given;
    private Output output;

    @Option(names = "--optimizer", paramLabel = "NAME", required = true, description = "The method.")
    private String optimizer = "";

    @Option(
            names = "--grid",
            paramLabel = "NAME=VALUE,VALUE…",
            description = "The values of a hyper-parameter; may be repeated. The heat map has the first one to the "
                    + "right and the second one upwards.")
    private List<String> grid = List.of();

    @Option(
            names = "--published",
            paramLabel = "STUDY",
            completionCandidates = RegisteredNames.Studies.class,
            description = "The grid that a paper searched for the method, instead of --grid: "
                    + "${COMPLETION-CANDIDATES}.")
    private Optional<String> published = Optional.empty();

    @Option(
            names = "--repeat-best",
            paramLabel = "N",
            description = "Then runs of the best combination with N seeds, those of the search among them; their mean "
                    + "and standard deviation are reported (default: 0, none).")
    @Range(from = 0, to = LimitOptions.MOST_REPEATS)
    private int repeatBest;

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A hyper-parameter that is the same in all runs; may be repeated.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Runs of each combination, with the seeds from --seed on (default: 3).")
    @Range(from = 1, to = LimitOptions.MOST_REPEATS)
    private int repeats = 3;

    @Option(
            names = "--score",
            paramLabel = "SCORE",
            description = "What is compared: least-train-loss of all evaluations, train-loss, test-loss or test-error "
                    + "at the end (default: least-train-loss).")
    private Score score = Score.LEAST_TRAIN_LOSS;

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private TensorBoardOption tensorBoard = new TensorBoardOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the files, made if it is missing (default: sweep).")
    private Path out = Path.of("sweep");

    SweepCommand(Output output) {
        given = output;
        this.output = output;
    }

    @Override
    public Integer call() {
        output = json.shown(given);
        tensorBoard.check();
        Grid searched = searched();
        ModelSpec model = options.problem().model();
        List<OptimizerSpec> methods = methods(searched);
        options.requireUsed(methods);
        Dataset dataset = options.load(model);
        List<Job> jobs = methods.stream().flatMap(method -> jobs(method, repeats, model, dataset).stream()).toList();
        try (Workspace ws = options.limits().workspace();
                WriteLock _ = CampaignConsole.lock(out);
                ClaimedFiles _ = report.claim();
                Interrupt interrupt = new Interrupt()) {
            CompareCommand.requireTrainable(optimizer, jobs.getFirst().run(), dataset, ws);
            RunFolder runs = new RunFolder(CampaignConsole.runs(out));
            jobs.forEach(runs::ended);
            output.out().println(Summary.problem(jobs.getFirst().run(), dataset, ws));
            SweepReport files = new SweepReport(out, report.file(out), optimizer + ": " + model.name());
            Sweep sweep = sweep(searched, campaign(runs, ws, interrupt,
                    done -> files.write(sweep(searched, done), Optional.empty())).run(jobs, job -> true));
            Campaign again = campaign(runs, ws, interrupt, done -> {});
            Optional<Cell> repeated = sweep.best()
                    .filter(best -> repeatBest > 0)
                    .flatMap(best -> repeated(
                            sweep, best, again, jobs(method(best.values()), repeatBest, model, dataset)));
            files.write(sweep, repeated);
            interrupt.goesOnWith(output, "the same command goes on where this one stopped");
            output.out().println(System.lineSeparator() + SweepReport.result(sweep, repeated));
            output.out().println("report  " + out.resolve("table.md") + "  " + report.file(out));
            json.print(given, node -> json(sweep, repeated, node));
            if (sweep.best().isPresent()) {
                return 0;
            }
            output.out().flush();
            given.err().println("quadric: sweep failed: in every cell a run failed, see " + out.resolve("table.md"));
            return 1;
        }
    }

    private Grid searched() {
        if (published.isPresent() && !grid.isEmpty()) {
            throw new InputException("--grid and --published given, expected one of them");
        }
        try {
            return published
                    .map(study -> PublishedGrids.grid(study, optimizer, options.limits().steps()))
                    .orElseGet(() -> Grid.parse(grid));
        } catch (InputException e) {
            throw published.isPresent() ? e.at("--published") : e;
        }
    }

    private List<Job> jobs(OptimizerSpec method, int seeds, ModelSpec model, Dataset dataset) {
        List<Job> jobs = new ArrayList<>();
        for (long i = 0; i < seeds; i++) {
            long seed = options.problem().seed() + i;
            RunSpec run = options.run(model, dataset, method, seed);
            String label = Grid.text(method.values()) + " seed=" + seed;
            jobs.add(new Job(label, run, dataset, options.limits().schedule(0)));
        }
        return jobs;
    }

    private Campaign campaign(RunFolder runs, Workspace ws, Interrupt interrupt, Consumer<List<Done>> report) {
        return new Campaign(runs, new JitWarmUp(0), ws, new CampaignConsole(output, tensorBoard, report),
                interrupt.cancellation());
    }

    /// The runs that the search has made are among them. Of an interrupted campaign nothing is said.
    private static Optional<Cell> repeated(Sweep sweep, Cell best, Campaign campaign, List<Job> jobs) {
        List<Done> done = campaign.run(jobs, job -> true);
        return campaign.cancellation().isRequested()
                ? Optional.empty()
                : Optional.of(sweep.repeated(best.values(), done));
    }

    private void json(Sweep sweep, Optional<Cell> repeated, ObjectNode node) {
        ArrayNode cells = node.putArray("cells");
        sweep.cells().forEach(cell -> json(cell, cells.addObject()));
        sweep.best().ifPresent(best -> best.values().forEach(node.putObject("best")::put));
        repeated.ifPresent(cell -> json(cell, node.putObject("repeated")));
        ArrayNode runs = node.putArray("runs");
        sweep.runs().forEach(trial -> RunJson.append(trial.done(), runs));
        node.put("report", out.resolve("table.md").toString());
    }

    private static void json(Cell cell, ObjectNode node) {
        cell.values().forEach(node.putObject("values")::put);
        node.put("runs", cell.runs()).put("failed", cell.failed());
        EvaluationJson.number(node, "mean", cell.mean());
        EvaluationJson.number(node, "deviation", cell.deviation());
    }

    private List<OptimizerSpec> methods(Grid searched) {
        searched.names().stream().filter(values::containsKey).findFirst().ifPresent(name -> {
            throw new InputException("--set " + name + " and " + (published.isPresent() ? "--published" : "--grid")
                    + " " + name + ", expected one of them");
        });
        return searched.cells().stream().map(this::method).toList();
    }

    private OptimizerSpec method(Map<String, String> cell) {
        Map<String, String> all = new LinkedHashMap<>(values);
        all.putAll(cell);
        return new OptimizerSpec(optimizer, all);
    }

    private Sweep sweep(Grid searched, List<Done> runs) {
        List<Trial> trials = new ArrayList<>();
        for (Done done : runs) {
            Map<String, String> cell = new LinkedHashMap<>();
            RunSpec run = done.job().run();
            searched.names().forEach(name -> cell.put(name, run.optimizer().values().get(name)));
            trials.add(new Trial(cell, run.plan().seed(), done));
        }
        return new Sweep(searched, score, trials);
    }
}
