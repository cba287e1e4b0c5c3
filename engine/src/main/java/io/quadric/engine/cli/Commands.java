package io.quadric.engine.cli;

import io.quadric.engine.cli.output.Output;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.HelpCommand;
import picocli.CommandLine.Model.CommandSpec;

/// The commands of the command line. Looking through the annotations of all their options takes longer than most of
/// what is asked for, so that a command that is not called is its name and its description only.
final class Commands {
    private static final List<Entry> ALL = List.of(
            new Entry(TrainCommand.class, TrainCommand::line),
            new Entry(PredictCommand.class, output -> new CommandLine(new PredictCommand(output))),
            new Entry(EvaluateCommand.class, output -> new CommandLine(new EvaluateCommand(output))),
            new Entry(CrossValidateCommand.class, output -> new CommandLine(new CrossValidateCommand(output))),
            new Entry(DescribeCommand.class, output -> new CommandLine(new DescribeCommand(output))),
            new Entry(ExportCommand.class, output -> new CommandLine(new ExportCommand(output))),
            new Entry(ImportCommand.class, output -> new CommandLine(new ImportCommand(output))),
            new Entry(DataCommand.class,
                    output -> new CommandLine(new DataCommand()).addSubcommand(new PackCommand(output))),
            new Entry(CompareCommand.class, output -> new CommandLine(new CompareCommand(output))),
            new Entry(ExperimentCommand.class, output -> new CommandLine(new ExperimentCommand(output))),
            new Entry(SweepCommand.class, output -> new CommandLine(new SweepCommand(output))),
            new Entry(TuneCommand.class, output -> new CommandLine(new TuneCommand(output))),
            new Entry(VerifyCommand.class, _ -> new CommandLine(new VerifyCommand())),
            new Entry(OptimizersCommand.class, _ -> new CommandLine(new OptimizersCommand())),
            new Entry(CompletionCommand.class, _ -> new CommandLine(new CompletionCommand())),
            new Entry(HelpCommand.class, _ -> new CommandLine(new HelpCommand())));

    private Commands() {}

    /// @param type with the annotation
    /// @param whole the command with its options
    private record Entry(Class<?> type, Function<Output, CommandLine> whole) {
        String name() {
            return type.getAnnotation(Command.class).name();
        }

        CommandLine brief() {
            Command its = type.getAnnotation(Command.class);
            CommandSpec spec = CommandSpec.create();
            spec.usageMessage().header(its.header()).description(its.description());
            return new CommandLine(spec);
        }
    }

    /// {@return those that a call needs with their options}: the one that is called, or all if it speaks of others.
    ///
    /// @param args of the call
    static Predicate<String> neededFor(String... args) {
        String called = args.length == 0 ? "" : args[0];
        return switch (called) {
            case "help", "completion" -> _ -> true;
            default -> called::equals;
        };
    }

    /// Adds all commands.
    ///
    /// @param root to the line
    /// @param output where they write
    /// @param whole which ones have their options
    static void addTo(CommandLine root, Output output, Predicate<String> whole) {
        for (Entry entry : ALL) {
            String name = entry.name();
            root.addSubcommand(name, whole.test(name) ? entry.whole().apply(output) : entry.brief());
        }
    }
}
