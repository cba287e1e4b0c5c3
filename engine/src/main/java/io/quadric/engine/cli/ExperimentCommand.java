package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import io.quadric.engine.InputException;
import io.quadric.engine.cli.option.ClaimedFiles;
import io.quadric.engine.cli.option.EndOptions;
import io.quadric.engine.cli.option.JsonOption;
import io.quadric.engine.cli.option.LimitOptions;
import io.quadric.engine.cli.option.Range;
import io.quadric.engine.cli.option.RegisteredNames;
import io.quadric.engine.cli.option.ReportOption;
import io.quadric.engine.cli.option.TensorBoardOption;
import io.quadric.engine.cli.option.WarmUpOption;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.cli.output.RunJson;
import io.quadric.engine.cli.output.Summary;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Budget;
import io.quadric.engine.experiment.Campaign;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.experiment.JitWarmUp;
import io.quadric.engine.experiment.Measurement;
import io.quadric.engine.experiment.Report;
import io.quadric.engine.experiment.RunFolder;
import io.quadric.engine.experiment.RunFolder.Job;
import io.quadric.engine.experiment.RunGroups;
import io.quadric.engine.experiment.Study;
import io.quadric.engine.experiment.Study.Needs;
import io.quadric.engine.experiment.paper.Experiments;
import io.quadric.engine.file.WriteLock;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.report.Text;
import io.quadric.engine.train.Schedule;
import io.quadric.linalg.Workspace;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `quadric experiment`.
@Command(
        name = "experiment",
        description = {
            "Makes the runs of a published experiment and compares them, or measures: table.md, curves.csv, pictures, "
                    + "and in the folder 'runs' a log and a checkpoint of each.",
            "Without a name, lists the experiments. Given again, the command goes on where it stopped."},
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 1 a run failed, 2 wrong usage or input."})
final class ExperimentCommand implements Callable<Integer> {
    private static final String DIGITS = "digits";
    private static final int SMALL_EPOCHS = 2;

    private final Output given;
    private Output output;

    @Parameters(arity = "0..1", paramLabel = "NAME", description = "Which one.")
    private Optional<String> name = Optional.empty();

    @Option(names = "--list", description = "Lists the experiments.")
    private boolean list;

    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "The data that the experiment needs, as 'quadric train' takes it; 'digits' for the small "
                    + "form.")
    private Optional<String> data = Optional.empty();

    @Option(
            names = "--small",
            description = "The small form, in seconds: the embedded digits or little made-up data, small models.")
    private boolean small;

    @Option(
            names = "--only",
            paramLabel = "LABEL",
            description = "Makes this run only, and reports on those made before; may be repeated.")
    private List<String> only = List.of();

    @Option(
            names = "--budget",
            paramLabel = "KIND",
            description = "Limits of the runs where no others are given: ${COMPLETION-CANDIDATES} (default: reduced); "
                    + "'quadric experiment --list' says what they are.")
    private Optional<Budget.Kind> budget = Optional.empty();

    @Option(names = "--l2", paramLabel = "ETA", description = "L2 penalty, instead of the experiment's.")
    @Range(from = 0)
    private Optional<Double> l2 = Optional.empty();

    @Option(
            names = "--initialization",
            paramLabel = "INIT",
            completionCandidates = RegisteredNames.Initializations.class,
            description = "First parameters, instead of the experiment's: ${COMPLETION-CANDIDATES}.")
    private Optional<Initialization> initialization = Optional.empty();

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random (default: 1).")
    @Range(from = Long.MIN_VALUE)
    private long seed = 1;

    @Option(
            names = "--repeats",
            paramLabel = "N",
            description = "Runs of each entry, with the seeds from --seed on (default: 1); tables and pictures show "
                    + "mean and standard deviation. More may be asked for later.")
    @Range(from = 1, to = LimitOptions.MOST_REPEATS)
    private int repeats = 1;

    @Mixin
    private ReportOption html = new ReportOption();

    @Mixin
    private LimitOptions limits = new LimitOptions();

    @Mixin
    private EndOptions ends = new EndOptions();

    @Mixin
    private WarmUpOption warmUp = new WarmUpOption();

    @Mixin
    private TensorBoardOption tensorBoard = new TensorBoardOption();

    @Mixin
    private JsonOption json = new JsonOption();

    @Option(
            names = "--out",
            paramLabel = "DIR",
            description = "Folder for the files, made if it is missing (default: experiment-NAME).")
    private Optional<Path> out = Optional.empty();

    ExperimentCommand(Output output) {
        given = output;
        this.output = output;
    }

    @Override
    public Integer call() {
        output = json.shown(given);
        if (list || name.isEmpty()) {
            output.out().println(table());
            json.print(given, node -> Experiments.ALL.all().forEach(study -> node.putObject(study.name())
                    .put("data", study.needs().label())
                    .put("reduced", budget(study, Budget.Kind.REDUCED))
                    .put("published", budget(study, Budget.Kind.PUBLISHED))
                    .put("summary", study.summary())));
            return 0;
        }
        tensorBoard.check();
        JitWarmUp before = warmUp.value();
        Study study = InputException.unlessRefused(() -> Experiments.ALL.get(name.get()));
        Scale scale = scale(study);
        return switch (study) {
            case Experiment experiment -> compare(experiment, scale, before);
            case Measurement measurement -> measure(measurement, scale);
        };
    }

    private int compare(Experiment experiment, Scale scale, JitWarmUp before) {
        if (budget.isPresent() && (scale.size() == Size.SMALL || limits.isLimited())) {
            throw new InputException(
                    "--budget " + budget.get() + " with --small or another limit, expected one of them");
        }
        Schedule schedule = limits.schedule(scale.of(
                experiment.budget().of(budget.orElse(Budget.Kind.REDUCED)),
                Schedule.epochs(SMALL_EPOCHS).withGoal(experiment.goal())));
        List<Entry> entries = experiment.runs(scale).stream().map(this::changed).toList();
        requireLabels(entries);
        List<Job> jobs = jobs(entries, schedule);
        Path folder = out.orElse(Path.of("experiment-" + experiment.name()));
        try (Workspace ws = limits.workspace();
                WriteLock _ = CampaignConsole.lock(folder);
                ClaimedFiles _ = html.claim();
                Interrupt interrupt = new Interrupt()) {
            for (Job job : jobs) {
                ends.requireTest(job.label(), job.dataset());
                CompareCommand.requireTrainable(job.label(), job.run(), job.dataset(), ws);
            }
            RunFolder runs = new RunFolder(CampaignConsole.runs(folder));
            jobs.forEach(runs::ended);
            Report report = new Report(folder, html.file(folder), experiment, ws.threads());
            CampaignConsole console = new CampaignConsole(output, tensorBoard, report::writeSoFar);
            output.out().println(Summary.problem(jobs.getFirst().run(), jobs.getFirst().dataset(), ws));
            List<Campaign.Done> all = new Campaign(runs, before, ws, console, interrupt.cancellation())
                    .run(jobs, this::isWanted);
            report.write(all);
            interrupt.goesOnWith(output, "the same command goes on where this one stopped");
            int code = console.close(all);
            output.out().println("report  " + folder.resolve("table.md") + "  " + html.file(folder));
            json.print(given, node -> {
                ArrayNode made = node.putArray("runs");
                all.forEach(done -> RunJson.append(done, made));
                node.put("report", folder.resolve("table.md").toString());
            });
            return code;
        }
    }

    private int measure(Measurement study, Scale scale) {
        ends.requireNone(study.name());
        requireNoRuns(study);
        Path folder = out.orElse(Path.of("experiment-" + study.name()));
        try (Workspace ws = limits.workspace();
                WriteLock _ = CampaignConsole.lock(folder)) {
            study.measure(new Measurement.Order(
                    scale, limits.stepsOr(study.budget(scale)), seed, folder, ws, line -> {
                        output.out().println(line);
                        output.out().flush();
                    }));
        }
        output.out().println("report  " + folder.resolve("table.md"));
        json.print(given, node -> node.put("report", folder.resolve("table.md").toString()));
        return 0;
    }

    private void requireNoRuns(Measurement study) {
        Map<String, Boolean> given = new LinkedHashMap<>();
        given.put("--only", !only.isEmpty());
        given.put("--budget", budget.isPresent());
        given.put("--l2", l2.isPresent());
        given.put("--initialization", initialization.isPresent());
        given.put("--repeats", repeats > 1);
        given.put("--report", html.isGiven());
        given.put("--warm-up", warmUp.isGiven());
        given.put("--tensorboard", tensorBoard.isWanted());
        given.forEach((option, isGiven) -> {
            if (isGiven) {
                throw new InputException(option + ": " + study.name() + " measures and makes no runs, expected only "
                        + "--data, --small, --steps, --seed, --threads, --json and --out");
            }
        });
    }

    private static String table() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("experiment", "data", "reduced", "published", "what"));
        for (Study study : Experiments.ALL.all()) {
            rows.add(List.of(study.name(), study.needs().label(), budget(study, Budget.Kind.REDUCED),
                    budget(study, Budget.Kind.PUBLISHED), study.summary()));
        }
        int[] widths = IntStream.range(0, rows.getFirst().size())
                .map(j -> rows.stream().mapToInt(row -> row.get(j).length()).max().orElse(0))
                .toArray();
        return rows.stream()
                .map(row -> IntStream.range(0, widths.length)
                        .mapToObj(j -> Text.padded(row.get(j), widths[j]))
                        .collect(Collectors.joining("  "))
                        .stripTrailing())
                .collect(Collectors.joining(System.lineSeparator()));
    }

    private static String budget(Study study, Budget.Kind kind) {
        return switch (study) {
            case Experiment experiment -> experiment.budget().words(kind);
            case Measurement measurement -> kind == Budget.Kind.REDUCED
                    ? measurement.budget(new Scale(Size.PUBLISHED, "")) + " steps"
                    : "-";
        };
    }

    private Scale scale(Study study) {
        boolean digits = data.filter(DIGITS::equals).isPresent();
        if (small || digits) {
            if (data.isPresent() && !digits) {
                throw new InputException("--small with --data " + data.get() + ", expected one of them");
            }
            return new Scale(Size.SMALL, DIGITS);
        }
        boolean needed = study.needs() != Needs.NOTHING;
        if (needed != data.isPresent()) {
            throw new InputException(needed
                    ? "--data is missing, expected " + study.needs().expected() + ", or 'digits' for the small form"
                    : "--data " + data.get() + ": " + study.name() + " makes up its data, expected 'digits', for "
                            + "the small form, or nothing");
        }
        return new Scale(Size.PUBLISHED, data.orElse(""));
    }

    private Entry changed(Entry entry) {
        Entry changed = l2.map(entry::withL2).orElse(entry);
        return initialization.map(changed::withInitialization).orElse(changed);
    }

    private void requireLabels(List<Entry> entries) {
        List<String> labels = entries.stream().map(Entry::label).toList();
        for (String label : only) {
            if (!labels.contains(label)) {
                throw new InputException("--only " + label + ", expected one of " + String.join("; ", labels));
            }
        }
    }

    private boolean isWanted(Job job) {
        return only.isEmpty() || only.contains(RunGroups.group(job));
    }

    /// All entries from the first seed, then all from the next one. The first run of an entry has its label whatever
    /// the number of repeats, so that repeats can be added later.
    private List<Job> jobs(List<Entry> entries, Schedule schedule) {
        Map<Object, Dataset> loaded = new HashMap<>();
        List<Job> jobs = new ArrayList<>();
        for (long i = 0; i < repeats; i++) {
            for (Entry entry : entries) {
                Dataset dataset = loaded.computeIfAbsent(
                        List.of(entry.data(), entry.model().task(), entry.model().pool(), entry.precision()),
                        key -> entry.model().load(entry.data(), entry.precision()));
                String label = i == 0 ? entry.label() : RunGroups.label(entry.label(), seed + i);
                jobs.add(new Job(label, entry.run(dataset, seed + i, schedule), dataset,
                        entry.pace().schedule(schedule), ends.rule()));
            }
        }
        return jobs;
    }
}
