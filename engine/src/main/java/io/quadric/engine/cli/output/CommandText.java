package io.quadric.engine.cli.output;

import java.util.List;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;

/// A command as it was given.
public final class CommandText {
    private CommandText() {}

    public static String of(CommandSpec spec) {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return arguments.stream().map(CommandText::quoted).collect(Collectors.joining(" ", "quadric ", ""));
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w./:,=+@%-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
