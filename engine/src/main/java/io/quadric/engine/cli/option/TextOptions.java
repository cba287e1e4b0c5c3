package io.quadric.engine.cli.option;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say how a file of separated values is written, as arguments of the data.
public final class TextOptions {
    @Option(
            names = "--separator",
            paramLabel = "C",
            description = "Between cells: a character, or comma, semicolon, tab, space or bar (default: found out).")
    private Optional<String> separator = Optional.empty();

    @Option(
            names = "--header",
            paramLabel = "H",
            description = "Whether the first line has names: present, absent (default: found out).")
    private Optional<String> header = Optional.empty();

    @Option(names = "--encoding", paramLabel = "NAME", description = "Such as windows-1252 (default: UTF-8).")
    private Optional<String> encoding = Optional.empty();

    @Option(names = "--decimal", paramLabel = "C", description = "The decimal point (default: found out).")
    private Optional<String> decimal = Optional.empty();

    @Option(
            names = "--missing",
            paramLabel = "TEXT",
            split = ",",
            description = "Texts of cells without a value, beside the empty one, instead of NA, N/A, NaN, null, none "
                    + "and ?.")
    private List<String> missing = List.of();

    public Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        separator.ifPresent(value -> arguments.put("separator", TableOptions.escaped(value)));
        header.ifPresent(value -> arguments.put("header", value));
        encoding.ifPresent(value -> arguments.put("encoding", value));
        decimal.ifPresent(value -> arguments.put("decimal", TableOptions.escaped(value)));
        if (!missing.isEmpty()) {
            arguments.put("missing", "+" + TableOptions.list(missing));
        }
        return arguments;
    }
}
