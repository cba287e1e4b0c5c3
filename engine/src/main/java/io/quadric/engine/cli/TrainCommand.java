package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.checkpoint.LogHeading;
import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.cli.option.AutoOptions;
import io.quadric.engine.cli.option.ClaimedFiles;
import io.quadric.engine.cli.option.ClusterOption;
import io.quadric.engine.cli.option.MethodOptions;
import io.quadric.engine.cli.option.Range;
import io.quadric.engine.cli.option.RunOptions;
import io.quadric.engine.cli.option.TrainFiles;
import io.quadric.engine.cli.output.CommandText;
import io.quadric.engine.cli.output.HyperParameterTable;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.cli.output.Summary;
import io.quadric.engine.experiment.Tuning;
import io.quadric.engine.learn.StopRule;
import io.quadric.engine.model.Origin;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.report.CgCurves;
import io.quadric.engine.report.Extent;
import io.quadric.engine.report.JsonLog;
import io.quadric.engine.report.LayerNorms;
import io.quadric.engine.report.ProgressLines;
import io.quadric.engine.report.RunHistory;
import io.quadric.engine.tensorboard.EventFile;
import io.quadric.engine.train.BestParameters;
import io.quadric.engine.train.CarriedState;
import io.quadric.engine.train.ChunkPlace;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Stop;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingListener;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.engine.train.TrainingResult;
import io.quadric.linalg.Workspace;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
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
        description = "Trains a model on a table (--data table.csv --target price --out model.quadric) or on other "
                + "data; without options, a classifier of digits by Hessian-free optimisation.",
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
            "--resume", "--data", "--epochs", "--steps", "--seconds", "--eval-every", "--threads", "--log", "--save",
            "--checkpoint-every", "--out", "--patience", "--json", "--set", "--optimizer", "--cg-curves", "--report",
            "--overwrite", "--tensorboard", "--master", "--chunk-memory");

    /// Evaluations without a better one after which training on a table ends.
    private static final int PATIENCE = StopRule.defaults().patience();

    private static final String HYPER_PARAMETERS = "hyperParameters";

    private final Output output;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Mixin
    private AutoOptions auto = new AutoOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Mixin
    private TrainFiles files = new TrainFiles();

    @Option(
            names = "--resume",
            paramLabel = "FILE",
            description = "Goes on from a checkpoint, with its model, method and batches; the log is appended to.")
    private Optional<Path> resume = Optional.empty();

    @Option(
            names = "--patience",
            paramLabel = "N",
            description = "Ends after so many evaluations without a lower loss of the validation or test cases, 0 for "
                    + "never (default: 10 for tables, else 0).")
    @Range(from = 0)
    private Optional<Integer> patience = Optional.empty();

    @Option(names = "--json", description = "Prints a JSON object at the end, and nothing else.")
    private boolean json;

    private Optional<Tuning> tuning = Optional.empty();

    TrainCommand(Output output) {
        this.output = output;
    }

    /// A command line whose help ends with the hyper-parameters of the method.
    static CommandLine line(Output output) {
        TrainCommand command = new TrainCommand(output);
        CommandLine line = new CommandLine(command);
        line.getHelpSectionMap().put(HYPER_PARAMETERS, help -> command.hyperParameters());
        List<String> sections = new ArrayList<>(line.getHelpSectionKeys());
        sections.add(sections.indexOf(UsageMessageSpec.SECTION_KEY_FOOTER_HEADING), HYPER_PARAMETERS);
        line.setHelpSectionKeys(sections);
        return line;
    }

    /// Those of the method that is asked for; of all of them there would be hundreds.
    private String hyperParameters() {
        StringWriter text = new StringWriter();
        method.optimizer().map(OptimizersCommand::recipe).ifPresent(recipe -> {
            text.write(System.lineSeparator());
            HyperParameterTable.print(recipe, new PrintWriter(text));
        });
        return text.toString();
    }

    @Override
    public Integer call() {
        if (resume.isPresent()) {
            requireOfResumed();
        } else {
            method.optimizer().ifPresent(name -> new OptimizerSpec(name, method.values()));
        }
        auto.check();
        try (ClaimedFiles _ = files.claim(resume, options.problem().files(method.initial()))) {
            return claimed();
        }
    }

    private int claimed() {
        Optional<Checkpoint> checkpoint = resume.map(this::resumed);
        TrainSetup setup = checkpoint
                .map(from -> TrainSetup.of(from, given("--data")
                        ? Optional.of(options.problem().source())
                        : Optional.empty()))
                .orElseGet(() -> TrainSetup.of(options, method.optimizer(), method.values()));
        TrainSetup initialised = method.initial().map(setup::withInitial).orElse(setup);
        requireUsed(initialised);
        Optional<AutoSearch> search = auto.isGiven()
                ? Optional.of(AutoSearch.of(initialised, schedule(initialised, checkpoint), auto.search()))
                : Optional.empty();
        try (Workspace ws = options.limits().workspace(); ChunkPlace place = cluster.open()) {
            return search.isPresent()
                    ? tuned(search.get(), place, ws)
                    : train(initialised, checkpoint, place, ws);
        }
    }

    /// Searches, and trains with what was found.
    private int tuned(AutoSearch search, ChunkPlace place, Workspace ws) {
        PrintWriter out = shown();
        tuning = search.search(place, ws, out);
        if (tuning.isEmpty()) {
            output.err().println(AutoSearch.INTERRUPTED);
            return 1;
        }
        Tuning ended = tuning.get();
        if (ended.best().isEmpty()) {
            output.out().flush();
            output.err().println("quadric: training failed: " + ended.failure());
            return 1;
        }
        out.println(AutoSearch.found(ended));
        return train(search.setup().tuned(ended.best().get().values()), Optional.empty(), place, ws);
    }

    private PrintWriter shown() {
        return json ? new PrintWriter(Writer.nullWriter()) : output.out();
    }

    private void requireUsed(TrainSetup setup) {
        cluster.requireUsed(setup.run().plan());
        if (cluster.isGiven() && given("--chunk-memory")) {
            throw new InputException("--chunk-memory cannot be given with --master, executors keep no activations");
        }
    }

    private void requireOfResumed() {
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptions()) {
            if (!WITH_RESUME.contains(option.longestName())) {
                throw new InputException(
                        option.longestName() + " cannot be given with --resume, the checkpoint decides");
            }
        }
    }

    private Checkpoint resumed(Path file) {
        Checkpoint from = CheckpointFile.read(file);
        return new Checkpoint(options.resumed(from.run()), from.snapshot(), from.data());
    }

    private boolean given(String option) {
        return spec.commandLine().getParseResult().hasMatchedOption(option);
    }

    private int train(TrainSetup old, Optional<Checkpoint> checkpoint, ChunkPlace place, Workspace ws) {
        Resumption resumption = new Resumption(checkpoint, method.optimizer(), method.values());
        TrainSetup changed = resumption.changed(old);
        Optional<CgCurves> curves = files.curves();
        TrainSetup setup = curves.map(changed::observed).orElse(changed).at(place);
        Optional<CarriedState> carried = resumption.carried(old, changed, ws);
        Trainer trainer = trainer(setup, checkpoint, carried, ws);
        PrintWriter out = shown();
        List<JsonNode> soFar = files.logSoFar(old.run(), checkpoint);
        RunHistory history = new RunHistory(LayerNorms.withMoves(trainer.parameters()));
        soFar.forEach(history::add);
        Optional<JsonLog> log = files.openLog(heading(setup.run()), trainer, checkpoint.isPresent());
        Optional<EventFile> events = files.events(trainer);
        try (Interrupt interrupt = new Interrupt()) {
            setup.table().ifPresent(table -> out.println(table.table().describe() + System.lineSeparator()));
            out.println(Summary.heading(setup.run(), setup.training(), ws));
            carried.ifPresent(state -> state.notes().forEach(note -> out.println("resumed: " + note)));
            carried.ifPresent(state -> log.ifPresent(file -> file.changed(
                    trainer.at(), setup.run().optimizer().recipe(), setup.run().optimizer().values(), state.notes())));
            List<TrainingListener> listeners = new ArrayList<>();
            log.ifPresent(listeners::add);
            curves.ifPresent(listeners::add);
            events.ifPresent(listeners::add);
            files.report().ifPresent(file -> listeners.add(history));
            files.checkpoints(setup.run(), trainer).ifPresent(listeners::add);
            Schedule schedule = schedule(setup, checkpoint);
            listeners.add(new ProgressLines(
                    out, output.console(), "", Extent.of(schedule, setup.run().plan())));
            BestParameters best = new BestParameters(trainer,
                    patience.orElse(setup.tabular() ? PATIENCE : 0));
            Stop stop = Stop.any(List.of(best, interrupt.cancellation()));
            TrainingResult result = trainer.train(schedule, listeners, stop);
            TrainedModel trained = trained(setup, trainer, best, ws);
            files.out().ifPresent(trained::save);
            files.report().ifPresent(
                    file -> new TrainPage(setup, result, trained, history, CommandText.of(spec)).report().write(file));
            new TrainReport(setup, result, trained, files).print(out,
                    json ? Optional.of(output.out()) : Optional.empty());
            interrupt.goesOnWith(output, files.goesOn());
            return outcome(result, out);
        } finally {
            log.ifPresent(JsonLog::close);
            events.ifPresent(EventFile::close);
        }
    }

    /// With the search that found the hyper-parameters, if there was one.
    private ObjectNode heading(RunSpec run) {
        ObjectNode heading = LogHeading.of(run);
        tuning.ifPresent(found -> heading.set("search", AutoSearch.json(found)));
        return heading;
    }

    private Trainer trainer(
            TrainSetup setup, Optional<Checkpoint> checkpoint, Optional<CarriedState> carried, Workspace ws) {
        try {
            return checkpoint
                    .map(from -> carried
                            .map(state -> new Trainer(setup.training(), from.snapshot(), state, ws))
                            .orElseGet(() -> new Trainer(setup.training(), from.snapshot(), ws)))
                    .orElseGet(() -> new Trainer(setup.training(), ws));
        } catch (InputException e) {
            throw method.values().isEmpty() ? e : e.at(setup.run().optimizer().recipe() + " with " + method.values());
        }
    }

    private Schedule schedule(TrainSetup setup, Optional<Checkpoint> checkpoint) {
        return setup.schedule(options.limits(), checkpoint.map(from -> from.snapshot().at().epoch()).orElse(0.0));
    }

    /// With the best parameters where a table is trained on or there is a patience, else with the last ones.
    private TrainedModel trained(TrainSetup setup, Trainer trainer, BestParameters best, Workspace ws) {
        boolean keepsBest = patience.map(most -> most > 0).orElse(setup.tabular());
        if (keepsBest) {
            best.offer(trainer.evaluate());
        }
        RunSpec run = setup.run();
        return TrainedModel.of(
                setup.training().problem(),
                keepsBest ? best.parameters() : trainer.evaluated(),
                keepsBest ? best.evaluation() : trainer.evaluation(),
                new Origin(run.optimizer().recipe(), run.optimizer().values(), run.plan().seed()),
                ws);
    }

    private int outcome(TrainingResult result, PrintWriter out) {
        return switch (result.outcome()) {
            case TrainingOutcome.Completed completed -> 0;
            case TrainingOutcome.Stopped stopped -> {
                out.println("ended early: " + stopped.reason());
                yield 0;
            }
            case TrainingOutcome.Stalled stalled -> {
                out.println("no further progress: " + stalled.reason());
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
