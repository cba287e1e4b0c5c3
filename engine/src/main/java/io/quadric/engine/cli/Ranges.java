package io.quadric.engine.cli;

import io.quadric.engine.cli.option.Range;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import picocli.CommandLine.IExecutionStrategy;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.RunLast;

/// Checks options by the [Range] that each of them declares.
final class Ranges {
    private static final List<Class<?>> WHOLE = List.of(int.class, long.class, Integer.class, Long.class);

    private Ranges() {}

    /// The range of an option, if it is a number.
    static Optional<Range> of(ArgSpec option) {
        return option.userObject() instanceof Field field
                ? Optional.ofNullable(field.getAnnotation(Range.class))
                : Optional.empty();
    }

    /// Whether an option takes whole numbers.
    static boolean isWhole(ArgSpec option) {
        return WHOLE.stream().anyMatch(Arrays.asList(option.auxiliaryTypes())::contains)
                || WHOLE.contains(option.type());
    }

    /// Runs the command that was asked for, or shows its help, if all its numbers are in their ranges.
    static int execute(ParseResult parsed, IExecutionStrategy command) {
        ParseResult last = parsed;
        while (last.hasSubcommand()) {
            last = last.subcommand();
        }
        if (!last.isUsageHelpRequested() && !last.isVersionHelpRequested()) {
            last.matchedOptions().forEach(Ranges::check);
        }
        return command.execute(parsed);
    }

    /// The same by the last command of the line.
    static int execute(ParseResult parsed) {
        return execute(parsed, new RunLast());
    }

    private static void check(OptionSpec option) {
        Object value = option.getValue();
        Object given = value instanceof Optional<?> perhaps ? perhaps.orElse(null) : value;
        if (given instanceof Number number && of(option).filter(range -> !holds(range, number)).isPresent()) {
            throw new ParameterException(option.command().commandLine(), refusal(option, number.toString()));
        }
    }

    private static boolean holds(Range range, Number number) {
        double value = number.doubleValue();
        boolean within = range.open()
                ? value > range.from() && value < range.to()
                : value >= range.from() && value <= range.to();
        return within && Double.isFinite(value);
    }

    /// Which option has what value, and what it takes.
    static String refusal(ArgSpec option, String value) {
        String name = option instanceof OptionSpec named ? named.longestName() : option.paramLabel();
        return name + " is " + value + ", expected " + of(option).map(range -> text(option, range)).orElse("a number");
    }

    private static String text(ArgSpec option, Range range) {
        boolean whole = isWhole(option);
        String from = number(whole, range.from());
        String to = number(whole, range.to());
        if (range.open()) {
            return "a number between " + from + " and " + to;
        }
        String kind = whole ? "a whole number" : "a finite number";
        if (Double.isFinite(range.to())) {
            return kind + " from " + from + " to " + to;
        }
        return range.from() == Long.MIN_VALUE ? kind + " of 64 bits" : kind + " of at least " + from;
    }

    private static String number(boolean whole, double value) {
        return whole || value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
    }
}
