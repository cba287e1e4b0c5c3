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
import io.quadric.engine.experiment.RunFolder;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.experiment.Sweep;
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
import java.util.concurrent.Callable;
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
        Grid searched = Grid.parse(grid);
        ModelSpec model = options.problem().model();
        List<OptimizerSpec> methods = methods(searched);
        options.requireUsed(methods);
        Dataset dataset = options.load(model);
        List<Job> jobs = new ArrayList<>();
        for (OptimizerSpec method : methods) {
            for (long i = 0; i < repeats; i++) {
                long seed = options.problem().seed() + i;
                RunSpec run = options.run(model, dataset, method, seed);
                String label = Grid.text(method.values()) + " seed=" + seed;
                jobs.add(new Job(label, run, dataset, options.limits().schedule(0)));
            }
        }
        try (Workspace ws = options.limits().workspace();
                WriteLock _ = CampaignConsole.lock(out);
                ClaimedFiles _ = report.claim();
                Interrupt interrupt = new Interrupt()) {
            CompareCommand.requireTrainable(optimizer, jobs.getFirst().run(), dataset, ws);
            RunFolder runs = new RunFolder(CampaignConsole.runs(out));
            jobs.forEach(runs::ended);
            output.out().println(Summary.problem(jobs.getFirst().run(), dataset, ws));
            SweepReport files = new SweepReport(out, report.file(out), optimizer + ": " + model.name());
            CampaignConsole console = new CampaignConsole(
                    output, tensorBoard, done -> files.write(sweep(searched, done)));
            Sweep sweep = sweep(searched, new Campaign(
                    runs, new JitWarmUp(0), ws, console, interrupt.cancellation()).run(jobs, job -> true));
            files.write(sweep);
            interrupt.goesOnWith(output, "the same command goes on where this one stopped");
            output.out().println(System.lineSeparator() + SweepReport.best(sweep));
            output.out().println("report  " + out.resolve("table.md") + "  " + report.file(out));
            json.print(given, node -> json(sweep, node));
            if (sweep.best().isPresent()) {
                return 0;
            }
            output.out().flush();
            given.err().println("quadric: sweep failed: in every cell a run failed, see " + out.resolve("table.md"));
            return 1;
        }
    }

    private void json(Sweep sweep, ObjectNode node) {
        ArrayNode cells = node.putArray("cells");
        sweep.cells().forEach(cell -> {
            ObjectNode one = cells.addObject();
            cell.values().forEach(one.putObject("values")::put);
            one.put("runs", cell.runs()).put("failed", cell.failed());
            EvaluationJson.number(one, "mean", cell.mean());
            EvaluationJson.number(one, "deviation", cell.deviation());
        });
        sweep.best().ifPresent(best -> best.values().forEach(node.putObject("best")::put));
        ArrayNode runs = node.putArray("runs");
        sweep.runs().forEach(trial -> RunJson.append(
                trial.done().job().label(), trial.done().job().run(), trial.done().ended().result(), runs));
        node.put("report", out.resolve("table.md").toString());
    }

    private List<OptimizerSpec> methods(Grid searched) {
        List<OptimizerSpec> methods = new ArrayList<>();
        for (Map<String, String> cell : searched.cells()) {
            Map<String, String> all = new LinkedHashMap<>(values);
            cell.forEach((name, value) -> {
                if (values.containsKey(name)) {
                    throw new InputException("--set " + name + " and --grid " + name + ", expected one of them");
                }
                all.put(name, value);
            });
            methods.add(new OptimizerSpec(optimizer, all));
        }
        return methods;
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
