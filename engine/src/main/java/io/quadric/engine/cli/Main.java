package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.Words;
import io.quadric.engine.cli.CompletionCommand.Shell;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.experiment.Budget;
import io.quadric.engine.experiment.Sweep.Score;
import io.quadric.engine.json.Initialization;
import io.quadric.engine.report.ProgressLines.Console;
import io.quadric.engine.train.BatchSizes;
import io.quadric.linalg.Precision;
import io.quadric.nn.registry.Registry;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.function.Predicate;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/// Entry point of the command line.
///
/// Exit codes: 0 success, 1 a run or a check failed, 2 wrong usage or input. Wrong usage and input end in one line on
/// the error stream.
public final class Main {
    private static final int FAILED = 1;
    private static final int BAD_INPUT = 2;

    private Main() {}

    /// Runs one command and exits.
    ///
    /// @param args the command and its options
    public static void main(String[] args) {
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        boolean terminal = System.console() != null && System.console().isTerminal();
        int code = run(new Output(out, err, terminal ? Console.TERMINAL : Console.PLAIN), args);
        if (out.checkError()) {
            err.println("quadric: the standard output cannot be written to");
            code = Math.max(code, FAILED);
        }
        System.exit(code);
    }

    /// Runs one command.
    ///
    /// @param output where it writes
    /// @param args the command and its options
    /// @return the exit code
    public static int run(Output output, String... args) {
        try {
            return line(output, Commands.neededFor(args)).execute(args);
        } catch (ServiceConfigurationError | ExceptionInInitializerError e) {
            return misregistered(e, output.err());
        } catch (OutOfMemoryError e) {
            output.err().println("quadric: out of memory with a heap of "
                    + (Runtime.getRuntime().maxMemory() >> 20) + " MB; JDK_JAVA_OPTIONS=-Xmx8g enlarges it, "
                    + "'quadric describe' says what a run needs");
            return FAILED;
        } finally {
            output.out().flush();
            output.err().flush();
        }
    }

    /// The commands, all with their options.
    static CommandLine line(Output output) {
        return line(output, _ -> true);
    }

    private static CommandLine line(Output output, Predicate<String> whole) {
        CommandLine line = new CommandLine(new RootCommand());
        Commands.addTo(line, output, whole);
        line.setUsageHelpWidth(110)
                .registerConverter(Initialization.class, Main::initialization)
                .registerConverter(BatchSizes.Pool.class, text -> constant(BatchSizes.Pool.class, text))
                .registerConverter(Score.class, text -> constant(Score.class, text))
                .registerConverter(Budget.Kind.class, text -> constant(Budget.Kind.class, text))
                .registerConverter(Shell.class, text -> constant(Shell.class, text))
                .registerConverter(Precision.class, text -> constant(Precision.class, text))
                .setOut(output.out())
                .setErr(output.err());
        line.setExecutionStrategy(Ranges::execute);
        line.setParameterExceptionHandler((e, given) -> complain(e, given));
        line.setExecutionExceptionHandler((e, command, result) -> failure(e, command.getErr()));
        return line;
    }

    /// The constant of that name, written as words are: `fan-in` for `FAN_IN`.
    private static <E> E constant(Class<E> type, String text) {
        try {
            return Words.constant(type, text);
        } catch (IllegalArgumentException e) {
            throw new TypeConversionException("'" + text + "' given, " + e.getMessage());
        }
    }

    private static Initialization initialization(String text) {
        try {
            return Initialization.parse(text);
        } catch (InputException e) {
            throw new TypeConversionException(e.getMessage());
        }
    }

    private static int complain(ParameterException e, String[] args) {
        String message = e instanceof UnmatchedArgumentException unmatched
                ? unknown(unmatched)
                : notANumber(e).orElseGet(e::getMessage);
        e.getCommandLine().getErr().println("quadric: " + message.replaceAll("\\s*\\R\\s*", " ") + "; see '"
                + e.getCommandLine().getCommandSpec().qualifiedName() + " --help'");
        return BAD_INPUT;
    }

    private static Optional<String> notANumber(ParameterException e) {
        return Optional.ofNullable(e.getArgSpec())
                .filter(option -> e.getValue() != null && Ranges.of(option).isPresent())
                .map(option -> Ranges.refusal(option, e.getValue()));
    }

    private static String unknown(UnmatchedArgumentException e) {
        String given = e.getUnmatched().getFirst();
        CommandSpec command = e.getCommandLine().getCommandSpec();
        if (given.startsWith("-")) {
            String expected = Registry.expected(given.split("=", 2)[0], command.optionsMap().keySet());
            int near = expected.indexOf("did you mean");
            return "unknown option '" + given + "'" + (near < 0 ? "" : ", " + expected.substring(near));
        }
        return command.subcommands().isEmpty()
                ? "'" + given + "' is not expected there"
                : "unknown command '" + given + "', " + Registry.expected(given, command.subcommands().keySet());
    }

    /// An extension that cannot be loaded, or an entry whose name is taken.
    private static int misregistered(Error e, PrintWriter err) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        err.println("quadric: an extension cannot be used: " + cause.getMessage());
        return BAD_INPUT;
    }

    private static int failure(Exception e, PrintWriter err) {
        switch (e) {
            case InputException bad -> {
                err.println("quadric: " + bad.getMessage());
                return BAD_INPUT;
            }
            case UncheckedIOException io -> err.println("quadric: " + io.getCause().getMessage());
            default -> e.printStackTrace(err);
        }
        return FAILED;
    }
}
