package io.quadric.engine.cli;

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
import io.quadric.engine.cli.option.WarmUpOption;
import io.quadric.engine.cli.output.CommandText;
import io.quadric.engine.cli.output.Comparison;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.cli.output.Summary;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.RunFolder;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.file.WriteLock;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.report.Curve;
import io.quadric.engine.report.CurveFiles;
import io.quadric.engine.report.CurveGroup;
import io.quadric.engine.report.Extent;
import io.quadric.engine.report.LayerNorms;
import io.quadric.engine.report.ProgressLines;
import io.quadric.engine.report.RunHistory;
import io.quadric.engine.tensorboard.EventFile;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import io.quadric.linalg.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `quadric compare`.
@Command(
        name = "compare",
        description = "Trains a model by several methods from the same first parameters under the same limits, "
                + "and writes "
                + "a table, curves.csv, curves.png and report.html.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 1 a run failed, 2 wrong usage or input."})
final class CompareCommand implements Callable<Integer> {
    private final Output given;
    private Output output;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--optimizers",
            paramLabel = "NAME",
            split = ",",
            description = "The methods, separated by commas (default: quadric,hessian-free,kfac,adam).")
    private List<String> optimizers = List.of("quadric", "hessian-free", "kfac", "adam");

    @Option(
            names = "--set",
            paramLabel = "OPTIMIZER.NAME=VALUE",
            description = "A hyper-parameter of one of the methods; may be repeated.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Runs of each method, with the seeds from --seed on (default: 1); the report shows mean and "
                    + "standard deviation.")
    @Range(from = 1, to = LimitOptions.MOST_REPEATS)
    private int repeats = 1;

    @Mixin
    private ReportOption report = new ReportOption();

    @Mixin
    private TensorBoardOption tensorBoard = new TensorBoardOption();

    @Mixin
    private WarmUpOption warmUp = new WarmUpOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for curves.csv and curves.png, made if it is missing (default: compare).")
    private Path out = Path.of("compare");

    CompareCommand(Output output) {
        given = output;
        this.output = output;
    }

    @Override
    public Integer call() {
        output = json.shown(given);
        tensorBoard.check();
        List<OptimizerSpec> methods = methods();
        options.requireUsed(methods);
        ModelSpec model = options.problem().model();
        Dataset dataset = options.load(model);
        List<RunSpec> runs = methods.stream()
                .flatMap(method -> LongStream.range(0, repeats)
                        .mapToObj(i -> options.run(model, dataset, method, options.problem().seed() + i)))
                .toList();
        try (Workspace ws = options.limits().workspace()) {
            runs.forEach(run -> requireTrainable(run.optimizer().recipe(), run, dataset, ws));
            try (WriteLock _ = CampaignConsole.lock(out); ClaimedFiles _ = report.claim()) {
                requireWritable();
                output.out().println(Summary.problem(runs.getFirst(), dataset, ws));
                return compare(runs, dataset, ws);
            }
        }
    }

    private List<OptimizerSpec> methods() {
        LinkedHashSet<String> names = new LinkedHashSet<>(optimizers);
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        names.forEach(name -> settings.put(name, new LinkedHashMap<>()));
        values.forEach((key, value) -> {
            int dot = key.indexOf('.');
            Map<String, String> setting = settings.get(dot < 0 ? key : key.substring(0, dot));
            if (dot < 0 || setting == null) {
                throw new InputException("--set " + key + "=" + value + ", expected OPTIMIZER.NAME=VALUE with one of "
                        + String.join(", ", names));
            }
            setting.put(key.substring(dot + 1), value);
        });
        List<OptimizerSpec> methods = new ArrayList<>();
        settings.forEach((name, setting) -> methods.add(new OptimizerSpec(name, setting)));
        return methods;
    }

    /// Checks that the method can train the model.
    ///
    /// @param label of the run, for the message
    static void requireTrainable(String label, RunSpec run, Dataset dataset, Workspace ws) {
        try {
            Trainer.requireTrainable(run.on(dataset), ws);
        } catch (InputException e) {
            throw e.at(label);
        }
    }

    private void requireWritable() {
        try {
            OutputFile.requireWritable(csv());
            OutputFile.requireWritable(png());
        } catch (InputException e) {
            throw e.at("--out");
        }
    }

    private Path csv() {
        return out.resolve("curves.csv");
    }

    private Path png() {
        return out.resolve("curves.png");
    }

    private int compare(List<RunSpec> runs, Dataset dataset, Workspace ws) {
        Path page = report.file(out);
        Comparison comparison = new Comparison();
        for (RunSpec run : runs) {
            output.out().println(Summary.method(run));
            warmUp.value().accept(run, dataset, ws);
            comparison.add(made(run, dataset, ws));
        }
        CurveFiles.csv(csv(), comparison.curves());
        CurveFiles.png(png(), runs.getFirst().model().name(), CurveFiles.Axis.EPOCHS,
                CurveGroup.each(comparison.curves()));
        comparison.report(dataset, CommandText.of(spec)).write(page);
        output.out().println();
        output.out().println(Summary.table(comparison.rows()));
        output.out().println("curves  " + csv() + "  " + png());
        output.out().println("report  " + page);
        json.print(given, node -> {
            comparison.json(node.putArray("runs"));
            node.put("curves", csv().toString()).put("report", page.toString());
        });
        return failures(comparison.rows());
    }

    private Comparison.Made made(RunSpec run, Dataset dataset, Workspace ws) {
        String method = run.optimizer().recipe();
        String label = repeats == 1 ? method : method + " seed=" + run.plan().seed();
        Curve curve = new Curve(label);
        Trainer trainer = new Trainer(run.on(dataset), ws);
        RunHistory history = new RunHistory(LayerNorms.withMoves(trainer.parameters()));
        List<TrainingListener> listeners = new ArrayList<>(
                List.of(curve, history, new ProgressLines(output.out(), output.console(), label + " ",
                        Extent.of(options.limits().schedule(0), run.plan()))));
        Optional<EventFile> events = tensorBoard.open(trainer, RunFolder.fileName(label));
        events.ifPresent(listeners::add);
        TrainingResult result = trainer.train(options.limits().schedule(0), listeners);
        events.ifPresent(EventFile::close);
        return new Comparison.Made(label, run, curve, history, result);
    }

    private int failures(List<Summary.Row> rows) {
        int code = 0;
        for (Summary.Row row : rows) {
            if (row.result().outcome() instanceof TrainingOutcome.Failed failed) {
                output.out().flush();
                output.err().println("quadric: " + row.optimizer() + " failed: " + failed.reason());
                code = 1;
            }
        }
        return code;
    }
}
