package io.quadric.engine.cli.option;

import io.quadric.engine.ArgumentText;
import io.quadric.engine.InputException;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.DataSourceKind;
import io.quadric.engine.data.DataSources;
import io.quadric.engine.data.ShardFolder;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that say what the columns of a table are and how it becomes cases, as arguments of the data.
public final class TableOptions {
    @Option(
            names = "--target",
            paramLabel = "COLUMN",
            split = ",",
            description = "Tables: the columns to be predicted (default: target, label, class or y).")
    private List<String> targets = List.of();

    @Option(names = "--ignore", paramLabel = "COLUMN", split = ",", description = "Tables: columns to be left out.")
    private List<String> ignored = List.of();

    @Option(
            names = "--categorical",
            paramLabel = "COLUMN",
            split = ",",
            description = "Tables: columns whose numbers are names of categories.")
    private List<String> categorical = List.of();

    @Option(
            names = "--numeric",
            paramLabel = "COLUMN",
            split = ",",
            description = "Tables: columns that hold numbers only.")
    private List<String> numeric = List.of();

    @Option(names = "--weight", paramLabel = "COLUMN", description = "Tables: how much each row counts.")
    private Optional<String> weight = Optional.empty();

    @Option(
            names = "--sequence",
            paramLabel = "COLUMN",
            description = "Tables: which sequence a row belongs to; sequences are then the cases, their rows the time "
                    + "steps, and the last row has the target.")
    private Optional<String> sequence = Optional.empty();

    @Option(
            names = "--task",
            paramLabel = "TASK",
            description = "Tables: classification or regression (default: by the target).")
    private Optional<String> task = Optional.empty();

    @Option(
            names = "--scaling",
            paramLabel = "S",
            description = "Tables: standardise, min-max or none (default: standardise; min-max for LIBSVM, none for "
                    + "images).")
    private Optional<String> scaling = Optional.empty();

    @Option(
            names = "--fill",
            paramLabel = "F",
            description = "Tables: for missing numbers mean, median, most-frequent, zero or refused (default: mean).")
    private Optional<String> fill = Optional.empty();

    @Option(
            names = "--balanced",
            description = "Tables: all classes count the same, however many rows they have.")
    private boolean balanced;

    @Option(
            names = "--validation",
            paramLabel = "SHARE",
            description = "Tables: share of the rows to validate with (default: 0.2).")
    private Optional<String> validation = Optional.empty();

    @Mixin
    private TextOptions text = new TextOptions();

    /// The data of a name, with these options.
    ///
    /// @throws InputException if they take no such option
    public DataSource named(String name) {
        return named(name, arguments());
    }

    /// The data of a name, with the arguments of some options.
    ///
    /// @throws InputException if they take no such option
    static DataSource named(String name, Map<String, String> arguments) {
        if (!arguments.isEmpty()) {
            DataSource plain = DataSource.named(name);
            List<String> taken = DataSources.kind(plain).map(DataSourceKind::arguments).orElse(List.of());
            arguments.keySet().stream().filter(option -> !taken.contains(option)).findFirst().ifPresent(other -> {
                throw new InputException("--" + other + ": " + plain.description() + refusal(plain));
            });
        }
        return DataSource.named(name, arguments);
    }

    private static String refusal(DataSource source) {
        return source instanceof ShardFolder shards && shards.isTable()
                ? " is a table that was prepared when it was packed, expected the option with 'data pack'"
                : " has no use for it, expected the option with a table that has";
    }

    public Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        put(arguments, "target", targets);
        put(arguments, "ignore", ignored);
        put(arguments, "categorical", categorical);
        put(arguments, "numeric", numeric);
        weight.ifPresent(value -> arguments.put("weight", escaped(value)));
        sequence.ifPresent(value -> arguments.put("sequence", escaped(value)));
        task.ifPresent(value -> arguments.put("task", value));
        scaling.ifPresent(value -> arguments.put("scaling", value));
        fill.ifPresent(value -> arguments.put("fill", value));
        if (balanced) {
            arguments.put("balanced", "true");
        }
        validation.ifPresent(value -> arguments.put("validation", value));
        arguments.putAll(text.arguments());
        return arguments;
    }

    private static void put(Map<String, String> arguments, String name, List<String> values) {
        if (!values.isEmpty()) {
            arguments.put(name, list(values));
        }
    }

    public static String list(List<String> values) {
        return values.stream().map(TableOptions::escaped).collect(Collectors.joining("+"));
    }

    public static String escaped(String text) {
        return ArgumentText.escaped(text);
    }
}
