package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.quadric.engine.InputException;
import io.quadric.engine.cases.AugmentedCases;
import io.quadric.engine.cases.shard.ShardFiles;
import io.quadric.engine.cases.shard.ShardWriter;
import io.quadric.engine.cases.shard.ShardWriter.Replacing;
import io.quadric.engine.cli.option.ProblemOptions;
import io.quadric.engine.cli.option.Range;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.OpenTable;
import io.quadric.engine.data.ShardFolder;
import io.quadric.engine.data.Task;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `quadric data pack`.
@Command(
        name = "pack",
        description = "Writes data as a folder of shards, which --data of any other command takes: batches are then "
                + "read as they are needed, and the data may be larger than the memory. The targets are those of the "
                + "model, or of the default model for such data.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        sortOptions = false,
        footer = {"", "Exit codes: 0 success, 2 wrong usage or input."})
final class PackCommand implements Callable<Integer> {
    private final Output output;

    @Mixin
    private ProblemOptions problem = new ProblemOptions();

    @Option(
            names = "--more",
            paramLabel = "DATA",
            description = "Further data of the same form, which follow those of --data; a table is prepared as the "
                    + "first one was. May be repeated; one of them is in memory at a time.")
    private List<String> more = List.of();

    @Option(names = "--out", paramLabel = "FOLDER", required = true, description = "The shards and their manifest.")
    private Path out = Path.of("");

    @Option(names = "--shard-size", paramLabel = "MB", description = "The largest shard, in megabytes (default: 64).")
    @Range(from = 1, to = 1024)
    private int shardSize = 64;

    @Option(names = "--overwrite", description = "Replaces shards that are in the folder.")
    private boolean overwrite;

    @Option(names = "--json", description = "Prints a JSON object at the end.")
    private boolean json;

    PackCommand(Output output) {
        this.output = output;
    }

    @Override
    public Integer call() {
        DataSource source = problem.source();
        requireOther(source);
        Task task = problem.model().task();
        Dataset first = source.load(task, problem.precision());
        if (first.train() instanceof AugmentedCases) {
            throw new InputException("--augment: images are packed as they are, expected the option with training");
        }
        JsonNode description = ShardFolder.description(source, first);
        try (ShardWriter writer = writer()) {
            add(writer, first);
            for (String name : more) {
                addFurther(writer, name, task, first);
            }
            writer.commit(description);
        }
        report(ShardFiles.open(out));
        return 0;
    }

    private ShardWriter writer() {
        try {
            return ShardWriter.open(
                    out, overwrite ? Replacing.SHARDS : Replacing.NOTHING, (long) shardSize << 20);
        } catch (InputException e) {
            throw e.at("--out");
        }
    }

    private void requireOther(DataSource source) {
        try {
            if (source.path().isPresent() && Files.exists(out) && Files.isSameFile(source.path().get(), out)) {
                throw new InputException("--out: " + out + ": the command reads this folder, expected another one");
            }
        } catch (IOException e) {
            throw new InputException("--out: " + out + ": cannot be read, expected a folder");
        }
    }

    private static void add(ShardWriter writer, Dataset data) {
        writer.add(ShardFiles.TRAIN, data.train());
        data.test().ifPresent(test -> writer.add(ShardFiles.TEST, test));
    }

    /// Messages name the data, of which there may be many.
    private void addFurther(ShardWriter writer, String name, Task task, Dataset first) {
        try {
            add(writer, further(name, task, first));
        } catch (InputException e) {
            throw e.at("--more " + name);
        }
    }

    private Dataset further(String name, Task task, Dataset first) {
        DataSource source = problem.further(name);
        if (first.preparation().isPresent() && !(source instanceof OpenTable)) {
            throw new InputException("the first data are prepared by their own figures, expected "
                    + "data as they are; --standardise can be given with training");
        }
        Dataset next = source instanceof OpenTable table && first.preparation().isPresent()
                ? table.load(task, problem.precision(), first.preparation().get())
                : source.load(task, problem.precision());
        if (!next.shape().equals(first.shape()) || next.train().form().targets() != first.train().form().targets()) {
            throw new InputException("cases of " + next.shape() + " and "
                    + next.train().form().targets() + " targets, expected " + first.shape() + " and "
                    + first.train().form().targets() + " as before");
        }
        return next;
    }

    private void report(ShardFiles files) {
        int train = files.cases(ShardFiles.TRAIN);
        int test = files.cases(ShardFiles.TEST);
        output.out().println(json
                ? JsonNodeFactory.instance.objectNode().put("out", out.toString()).put("train", train)
                        .put("test", test).put("shards", files.shards()).put("bytes", files.bytes()).toString()
                : String.format(Locale.ROOT, "%,d cases to train on, %,d to test with, %d shards of %,d bytes  %s",
                        train, test, files.shards(), files.bytes(), out));
    }
}
