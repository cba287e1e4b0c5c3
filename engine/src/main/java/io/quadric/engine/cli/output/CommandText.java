package io.quadric.engine.cli.output;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// A command as it was given.
public final class CommandText {
    private CommandText() {}

    public static String of(CommandSpec spec) {
        List<String> arguments = spec.root().commandLine().getParseResult().originalArgs();
        return arguments.stream().map(CommandText::quoted).collect(Collectors.joining(" ", "quadric ", ""));
    }

    /// The command that trains with the options of another one, and more.
    ///
    /// @param spec the other one, which was parsed
    /// @param others of its options that training does not have, or that are given here
    /// @param optimizer the method
    /// @param more options with their values
    public static String train(CommandSpec spec, Set<String> others, String optimizer, List<String> more) {
        List<String> words = new ArrayList<>(List.of("train", "--optimizer", optimizer));
        for (OptionSpec option : spec.commandLine().getParseResult().matchedOptionsSet()) {
            if (others.contains(option.longestName())) {
                continue;
            }
            if (option.arity().max() == 0) {
                words.add(option.longestName());
            } else {
                option.originalStringValues().forEach(value -> words.addAll(List.of(option.longestName(), value)));
            }
        }
        words.addAll(more);
        return words.stream().map(CommandText::quoted).collect(Collectors.joining(" ", "quadric ", ""));
    }

    private static String quoted(String argument) {
        return argument.matches("[\\w./:,=+@%-]+") ? argument : "'" + argument.replace("'", "'\\''") + "'";
    }
}
