package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.checkpoint.CheckpointWriter;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.OutputFile;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.report.JsonLog;
import io.quadric.engine.report.ProgressLines;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Workspace;
import io.quadric.optim.recipe.Optimizers;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `quadric train`.
@Command(
        name = "train",
        description = "Trains a model; without options, a classifier of digits by Hessian-free optimisation.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {
            "",
            "'quadric train --optimizer NAME --help' and 'quadric optimizers NAME' show the hyper-parameters "
                    + "of one method.",
            "Exit codes: 0 success, 1 training failed, 2 wrong usage or input."
        })
final class TrainCommand implements Callable<Integer> {
    private static final Set<String> WITH_RESUME = Set.of(
            "--resume", "--data", "--epochs", "--steps", "--seconds", "--eval-every", "--threads", "--log", "--save");

    private static final String HYPER_PARAMETERS = "hyperParameters";

    private final Main.Output output;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            completionCandidates = RegisteredNames.Methods.class,
            description = "The method: ${COMPLETION-CANDIDATES} (default: hessian-free).")
    private String optimizer = "hessian-free";

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A hyper-parameter of the method; may be repeated.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Mixin
    private RunOptions options = new RunOptions();

    @Option(names = "--log", paramLabel = "FILE", description = "Log, a JSON object for each step.")
    private Optional<Path> log = Optional.empty();

    @Option(
            names = "--save",
            paramLabel = "FILE",
            description = "Checkpoint, written at the end and about every half minute.")
    private Optional<Path> save = Optional.empty();

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Goes on from a checkpoint, with its model, method and batches; the log is appended to.")
    private Optional<Path> resume = Optional.empty();

    TrainCommand(Main.Output output) {
        this.output = output;
    }

    /// A command line whose help ends with the hyper-parameters of the method.
    static CommandLine line(Main.Output output) {
        TrainCommand command = new TrainCommand(output);
        CommandLine line = new CommandLine(command);
        line.getHelpSectionMap().put(HYPER_PARAMETERS, help -> command.hyperParameters());
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), HYPER_PARAMETERS);
        line.setHelpSectionKeys(sections);
        return line;
    }

    private String hyperParameters() {
        StringWriter text = new StringWriter();
        text.write(System.lineSeparator());
        Optimizers.all().stream()
                .filter(recipe -> recipe.name().equals(optimizer))
                .forEach(recipe -> HyperParameterTable.print(recipe, new PrintWriter(text)));
        return text.toString();
    }

    @Override
    public Integer call() {
        options.check();
        ProblemOptions problem = options.problem();
        Optional<Checkpoint> checkpoint = resume.map(this::resumed);
        OptimizerSpec method = checkpoint
                .map(from -> from.run().optimizer())
                .orElseGet(() -> new OptimizerSpec(optimizer, values));
        ModelSpec model = checkpoint.map(from -> from.run().model()).orElseGet(problem::model);
        requireOutputs();
        String data = checkpoint.isPresent() && !given("--data") ? checkpoint.get().run().data() : problem.data();
        Dataset dataset = model.load(
                data, checkpoint.map(from -> from.run().precision()).orElse(problem.precision()));
        RunSpec run = checkpoint
                .map(Checkpoint::run)
                .orElseGet(() -> options.run(model, dataset, method, problem.seed()));
        try (Workspace ws = options.limits().workspace()) {
            return train(run, run.on(dataset), checkpoint, ws);
        }
    }

    private Checkpoint resumed(Path file) {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!WITH_RESUME.contains(option.longestName())) {
                throw new InputException(
                        option.longestName() + " cannot be given with --resume, the checkpoint decides");
            }
        }
        return CheckpointFile.read(file);
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private void requireOutputs() {
        log.ifPresent(file -> requireWritable("--log", file));
        save.ifPresent(file -> requireWritable("--save", file));
        requireDifferent("--log and --save", log, save);
        requireDifferent("--log and --resume", log, resume);
    }

    private static void requireDifferent(String options, Optional<Path> one, Optional<Path> other) {
        if (one.isPresent() && absolute(one).equals(absolute(other))) {
            throw new InputException(options + " are both " + one.get() + ", expected different files");
        }
    }

    private static Optional<Path> absolute(Optional<Path> file) {
        return file.map(path -> path.toAbsolutePath().normalize());
    }

    private static void requireWritable(String option, Path file) {
        try {
            OutputFile.requireWritable(file);
        } catch (InputException e) {
            throw e.at(option);
        }
    }

    private int train(RunSpec run, TrainingSetup setup, Optional<Checkpoint> checkpoint, Workspace ws) {
        Trainer trainer = checkpoint
                .map(from -> new Trainer(setup, from.snapshot(), ws))
                .orElseGet(() -> new Trainer(setup, ws));
        Optional<JsonLog> openLog = log
                .map(file -> checkpoint.isPresent() ? JsonLog.append(file) : JsonLog.create(file));
        try {
            output.out().println(Summary.heading(run, setup, ws));
            List<TrainingListener> listeners = new ArrayList<>();
            openLog.ifPresent(listeners::add);
            save.ifPresent(file -> listeners.add(new CheckpointWriter(file, run, trainer)));
            listeners.add(new ProgressLines(output.out(), output.console(), ""));
            double epochs = checkpoint.map(from -> from.snapshot().at().epoch()).orElse(0.0);
            TrainingResult result = trainer.train(options.limits().schedule(epochs), listeners);
            output.out().println();
            output.out().println(Summary.table(List.of(new Summary.Row(run.optimizer().recipe(), result))));
            log.ifPresent(file -> output.out().println("log         " + file));
            save.ifPresent(file -> output.out().println("checkpoint  " + file));
            return outcome(result);
        } finally {
            openLog.ifPresent(JsonLog::close);
        }
    }

    private int outcome(TrainingResult result) {
        return switch (result.outcome()) {
            case TrainingOutcome.Completed completed -> 0;
            case TrainingOutcome.Stalled stalled -> {
                output.out().println("no further progress: " + stalled.reason());
                yield 0;
            }
            case TrainingOutcome.Failed failed -> {
                output.out().flush();
                output.err().println("quadric: training failed: " + failed.reason());
                yield 1;
            }
        };
    }
}
