package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.cli.output.Output;
import io.quadric.engine.report.ProgressLines.Console;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// Every option of every command that is a number, at the ends of its type. A new option is among them by itself; a new
/// command with such an option needs a line in [#commands].
class OptionRangesTest {
    private static final List<Class<?>> NUMBERS = List.of(int.class, long.class, double.class, Integer.class,
            Long.class, Double.class);

    /// Options of `train` that need `--auto`.
    private static final Set<String> SEARCH = Set.of("--candidates", "--search-fraction");

    @TempDir
    private static Path temp;

    private static Path table;
    private static Path model;
    private static Path weights;

    @BeforeAll
    static void prepare() throws Exception {
        table = temp.resolve("table.csv");
        Files.writeString(table, "a,b,y\n" + IntStream.range(0, 24)
                .mapToObj(i -> i % 5 + "," + i % 7 + "," + (i % 5 > 2 ? "yes" : "no") + "\n")
                .reduce("", String::concat));
        model = temp.resolve("a.model");
        Quadric.line("train --data " + table + " --optimizer sgd --steps 2 --out " + model).succeeds();
        Path digits = temp.resolve("digits.model");
        weights = temp.resolve("digits.safetensors");
        Quadric.line("train --optimizer sgd --steps 1 --out " + digits).succeeds();
        Quadric.line("export --model " + digits + " --out " + weights).succeeds();
    }

    /// Each command with the options that make it short, as they are if they are not the one in question.
    private Map<String, String> commands() {
        String some = " --data clouds,cases=20 --threads 1 --chunk-size 30";
        Map<String, String> commands = new LinkedHashMap<>();
        commands.put("train", "--optimizer hessian-free-early --steps 2 --epochs 1 --set maxIterations=1" + some);
        commands.put("evaluate", "--model " + model + " --data " + table + " --bootstrap 10");
        commands.put("predict", "--model " + model + " --data " + table);
        commands.put("cross-validate", "--data " + table + " --optimizer sgd --epochs 1 --folds 2");
        commands.put("describe", "--data clouds");
        commands.put("compare", "--optimizers hessian-free-early --steps 2 --epochs 1 --warm-up 0 --out *"
                + some);
        commands.put("experiment", "mnist-smw --small --steps 1 --epochs 1 --warm-up 0 --threads 1 --out *");
        commands.put("sweep", "--optimizer hessian-free-early --grid maxIterations=1 --repeats 1 --steps 2 --epochs 1"
                + " --out *" + some);
        commands.put("tune", "--optimizer hessian-free-early --set maxIterations=1 --steps 9 --epochs 90 --candidates 2"
                + " --search-fraction 0.5" + some);
        commands.put("import", "--model digits-classifier --from " + weights + " --out " + temp.resolve("imported"));
        commands.put("data pack", "--out *" + " --data clouds,cases=20");
        commands.put("verify", "--networks 1 --threads 1");
        return commands;
    }

    static Stream<OptionCase> options() {
        PrintWriter none = new PrintWriter(Writer.nullWriter());
        CommandLine line = Main.line(new Output(none, none, Console.PLAIN));
        return options("", line);
    }

    private static Stream<OptionCase> options(String parent, CommandLine line) {
        return line.getSubcommands().entrySet().stream().flatMap(command -> {
            String name = parent + command.getKey();
            Stream<OptionCase> own = command.getValue().getCommandSpec().options().stream()
                    .filter(OptionRangesTest::isNumber)
                    .map(option -> new OptionCase(name, option));
            return Stream.concat(own, options(name + " ", command.getValue()));
        });
    }

    private static boolean isNumber(OptionSpec option) {
        return NUMBERS.contains(option.type()) || Stream.of(option.auxiliaryTypes()).anyMatch(NUMBERS::contains);
    }

    /// An option of a command.
    record OptionCase(String command, OptionSpec option) {
        @Override
        public String toString() {
            return command + " " + option.longestName();
        }
    }

    @ParameterizedTest
    @MethodSource("options")
    void everyNumberAtItsEnds(OptionCase tried) {
        OptionSpec option = tried.option();
        assertTrue(Ranges.of(option).isPresent(), tried + " is a number, expected a @Range");
        assertTrue(commands().containsKey(tried.command()), tried + " needs a command to be tried with");
        assertAll((Ranges.isWhole(option) ? Ends.WHOLE : Ends.REAL).stream()
                .map(value -> () -> Ends.check(option.longestName(), value, command(tried, value))));
    }

    private List<String> command(OptionCase tried, String value) {
        String usual = commands().get(tried.command());
        List<String> words = new ArrayList<>(List.of((SEARCH.contains(tried.option().longestName())
                ? usual.replace("--steps 2 --epochs 1", "--auto --steps 9 --epochs 9")
                : usual).split(" ")));
        int old = words.indexOf(tried.option().longestName());
        if (old >= 0) {
            words.subList(old, old + 2).clear();
        }
        Path out = temp.resolve(tried.command().replace(' ', '-') + tried.option().longestName() + value);
        words.replaceAll(word -> word.equals("*") ? out.toString() : word);
        words.addAll(0, List.of(tried.command().split(" ")));
        words.add(tried.option().longestName() + "=" + value);
        return words;
    }

    /// A wrong number beside --help does not hide the help.
    @ParameterizedTest
    @MethodSource("options")
    void helpIsShownInAnyCase(OptionCase tried) {
        StringWriter out = new StringWriter();
        PrintWriter writer = new PrintWriter(out);
        List<String> words = new ArrayList<>(List.of(tried.command().split(" ")));
        words.addAll(List.of(tried.option().longestName() + "=-1", "--help"));
        int code = Main.run(new Output(writer, writer, Console.PLAIN), words.toArray(String[]::new));
        assertTrue(code == 0 && out.toString().contains("Usage: "), out.toString());
    }
}
