package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.cli.option.ClaimedFiles;
import io.quadric.engine.cli.option.ClusterOption;
import io.quadric.engine.cli.option.JsonOption;
import io.quadric.engine.cli.option.MethodOptions;
import io.quadric.engine.cli.option.RunOptions;
import io.quadric.engine.cli.option.SearchOptions;
import io.quadric.engine.cli.output.CommandText;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.cli.output.Summary;
import io.quadric.engine.cli.output.TuningReport;
import io.quadric.engine.experiment.Tuning;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.train.ChunkPlace;
import io.quadric.linalg.Workspace;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `quadric tune`.
@Command(
        name = "tune",
        description = {
            "Searches rate and damping of a method: candidates drawn by the seed, the defaults among them, take "
                    + "some updates from the same parameters on the same batches, the better half goes on, and so on. "
                    + "Prints what each came to and the command that trains with the best values.",
            "The result depends on options and data alone, not on clocks or threads."},
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 1 all candidates failed, 2 wrong usage or input."})
final class TuneCommand implements Callable<Integer> {
    private static final Set<String> NOT_OF_TRAIN = Set.of(
            SearchOptions.FRACTION, SearchOptions.CANDIDATES, "--json", "--out", "--optimizer");

    private final Output given;

    @Spec
    private CommandSpec spec;

    @Mixin
    private MethodOptions method = new MethodOptions();

    @Mixin
    private SearchOptions search = new SearchOptions();

    @Mixin
    private RunOptions options = new RunOptions();

    @Mixin
    private ClusterOption cluster = new ClusterOption();

    @Option(names = "--out", paramLabel = "FILE", description = "The search as a JSON object, that of --json.")
    private Optional<Path> out = Optional.empty();

    @Mixin
    private JsonOption json = new JsonOption();

    TuneCommand(Output output) {
        given = output;
    }

    @Override
    public Integer call() {
        search.check(true);
        try (ClaimedFiles _ = options.problem().files(method.initial()).claim("--out", out)) {
            return claimed();
        }
    }

    private int claimed() {
        TrainSetup setup = TrainSetup.of(options, method.optimizer(), method.values());
        TrainSetup initialised = method.initial().map(setup::withInitial).orElse(setup);
        cluster.requireUsed(initialised.run().plan());
        AutoSearch auto = AutoSearch.of(initialised, initialised.schedule(options.limits(), 0), search);
        Output output = json.shown(given);
        try (Workspace ws = options.limits().workspace(); ChunkPlace place = cluster.open()) {
            output.out().println(Summary.heading(setup.run(), setup.training(), ws));
            return auto.search(place, ws, output.out())
                    .map(tuning -> report(setup, tuning, output))
                    .orElseGet(() -> interrupted(output));
        }
    }

    private int interrupted(Output output) {
        output.out().flush();
        given.err().println(AutoSearch.INTERRUPTED);
        return 1;
    }

    private int report(TrainSetup setup, Tuning tuning, Output output) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        contents(setup, tuning, node);
        output.out().println(System.lineSeparator() + new TuningReport(tuning).table());
        out.ifPresent(file -> {
            OutputFile.write(file, to -> to.write((node + "\n").getBytes(StandardCharsets.UTF_8)));
            output.out().println("search  " + file);
        });
        json.print(given, all -> all.setAll(node));
        if (tuning.best().isEmpty()) {
            output.out().flush();
            given.err().println("quadric: tune failed: " + tuning.failure());
            return 1;
        }
        output.out().println(System.lineSeparator() + AutoSearch.found(tuning));
        output.out().println(command(setup, tuning.best().get()));
        return 0;
    }

    private void contents(TrainSetup setup, Tuning tuning, ObjectNode node) {
        node.put("data", setup.run().data()).put("model", setup.run().model().name());
        node.put("optimizer", setup.run().optimizer().recipe()).put("seed", setup.run().plan().seed());
        new TuningReport(tuning).write(node);
        tuning.best().ifPresent(best -> node.put("command", command(setup, best)));
    }

    private String command(TrainSetup setup, Tuning.Candidate best) {
        return CommandText.train(spec, NOT_OF_TRAIN, setup.run().optimizer().recipe(), best.options());
    }
}
