package io.quadric.engine.cli;

import io.quadric.engine.cli.option.ClaimedFiles;
import io.quadric.engine.cli.option.LimitOptions;
import io.quadric.engine.cli.option.Range;
import io.quadric.engine.cli.option.ReadFiles;
import io.quadric.engine.fixtures.FixtureCase;
import io.quadric.engine.fixtures.FixtureResult;
import io.quadric.engine.fixtures.FixtureResult.Status;
import io.quadric.engine.fixtures.Fixtures;
import io.quadric.engine.json.SubjectJson;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Workspace;
import io.quadric.verify.Laws;
import io.quadric.verify.RandomNetworks;
import io.quadric.verify.Subject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// `quadric verify`.
@Command(
        name = "verify",
        description = "Holds the library to its definitions: laws on random networks, or reference numbers from files.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 all passed, 1 something failed, 2 wrong usage or input."})
final class VerifyCommand implements Callable<Integer> {
    private static final int FAILED = 1;

    @Spec
    private CommandSpec spec;

    @Option(
            names = "--networks",
            paramLabel = "N",
            description = "Random networks for the laws (default: ${DEFAULT-VALUE}).",
            defaultValue = "100")
    @Range(from = 1, to = 1_000_000)
    private int networks;

    @Option(
            names = "--seed",
            paramLabel = "SEED",
            description = "Decides the networks (default: ${DEFAULT-VALUE}).",
            defaultValue = "1")
    @Range(from = Long.MIN_VALUE)
    private long seed;

    @Option(
            names = "--threads",
            paramLabel = "N",
            description = "Threads; the report does not depend on it (default: one for each processor).")
    @Range(from = 1, to = LimitOptions.MOST_THREADS)
    private int threads = Runtime.getRuntime().availableProcessors();

    @Option(
            names = "--precision",
            paramLabel = "TYPE",
            description = "Element type of what is checked: float32 or float64 (default: float64).",
            defaultValue = "float64")
    private Precision precision;

    @Option(
            names = "--fixtures",
            paramLabel = "DIR",
            description = "Replays every JSON file below DIR instead; may be repeated.")
    private List<Path> fixtures = List.of();

    @Option(
            names = "--replay",
            paramLabel = "FILE",
            description = "Checks the network in this JSON file instead, as printed for a law that failed.")
    private Optional<Path> replay = Optional.empty();

    @Option(names = "--json", paramLabel = "FILE", description = "Writes what the laws came to as JSON.")
    private Optional<Path> json = Optional.empty();

    @Override
    public Integer call() {
        try (ClaimedFiles _ = new ReadFiles(replay.stream().toList()).claim("--json", json)) {
            PrintWriter out = spec.commandLine().getOut();
            boolean passed = fixtures.isEmpty() ? laws(out) : replay(out);
            return passed ? 0 : FAILED;
        }
    }

    private boolean laws(PrintWriter out) {
        LawsRun run = new LawsRun(Laws.all(), seed, threads, out, json);
        if (replay.isPresent()) {
            Subject subject = SubjectJson.read(replay.get());
            return run.check(Stream.of(subject), subject.name());
        }
        Stream<Subject> subjects = RandomNetworks.many(networks, seed).map(s -> s.in(precision));
        return run.check(subjects, networks + " random networks, " + precision);
    }

    /// All files are read before the first one is replayed, so that a bad one ends in its line alone.
    private boolean replay(PrintWriter out) {
        List<FixtureCase> cases = new ArrayList<>();
        fixtures.forEach(directory -> cases.addAll(Fixtures.below(directory)));
        int width = cases.stream().mapToInt(c -> c.name().length()).max().orElse(0);
        Map<Status, Integer> totals = new EnumMap<>(Status.class);
        try (Workspace ws = Workspace.serial()) {
            for (FixtureCase fixture : cases) {
                FixtureResult result = fixture.replay(ws);
                totals.merge(result.status(), 1, Integer::sum);
                out.println(line(result, width));
                out.flush();
            }
        }
        out.printf(Locale.ROOT, "%n%d cases", cases.size());
        for (Status status : Status.values()) {
            out.printf(Locale.ROOT, ", %d %s", totals.getOrDefault(status, 0), status);
        }
        out.println();
        return !totals.containsKey(Status.FAIL);
    }

    private static String line(FixtureResult result, int width) {
        String error = result.entry().isEmpty() ? "-" : String.format(Locale.ROOT, "%.2e", result.worst());
        String detail = switch (result.status()) {
            case PASS -> "";
            case FAIL -> ": " + result.entry() + String.format(Locale.ROOT, ", allowed %.1e", result.tolerance());
            case UNSUPPORTED -> ": " + result.reason();
        };
        String columns = "%-" + width + "s  %-11s  %8s  %s%s";
        return String.format(Locale.ROOT, columns, result.name(), result.kind(), error, result.status(), detail);
    }
}
