package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;

import io.quadric.engine.cli.output.Output;
import io.quadric.engine.file.WriteLock;
import io.quadric.engine.report.ProgressLines.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

/// What is promised of every option of every command that names a file or folder to be written. A new one is among them
/// by itself, and needs a line in [#commands] or [#READ].
class WrittenFilesTest {
    /// Options that name what is read.
    private static final Set<String> READ = Set.of(
            "--initial", "--resume", "--model", "--from", "--replay", "--fixtures");

    @TempDir
    private static Path shared;

    @TempDir
    Path temp;

    private static Path model;
    private static Path weights;

    @BeforeAll
    static void prepare() {
        model = shared.resolve("a.model");
        weights = shared.resolve("a.safetensors");
        Quadric.line("train --optimizer sgd --steps 1 --out " + model).succeeds();
        Quadric.line("export --model " + model + " --out " + weights).succeeds();
    }

    private static Map<String, String> commands() {
        String some = " --data clouds,cases=20 --threads 1 --steps ";
        return Map.ofEntries(
                Map.entry("train", "--optimizer hessian-free-early --set maxIterations=1" + some + 1),
                Map.entry("tune", "--optimizer sgd --candidates 2" + some + 20),
                Map.entry("compare", "--optimizers sgd --warm-up 0" + some + 1),
                Map.entry("sweep", "--optimizer sgd --grid learningRate=0.1" + some + 1),
                Map.entry("experiment", "mnist-smw --small --steps 1 --warm-up 0 --threads 1"),
                Map.entry("predict", "--data digits --model " + model),
                Map.entry("export", "--format npz --model " + model),
                Map.entry("import", "--model digits-classifier --from " + weights),
                Map.entry("data pack", "--data clouds,cases=20"),
                Map.entry("verify", "--networks 1 --threads 1"));
    }

    static Stream<Written> written() {
        PrintWriter none = new PrintWriter(Writer.nullWriter());
        return written("", Main.line(new Output(none, none, Console.PLAIN)));
    }

    private static Stream<Written> written(String parent, CommandLine line) {
        return line.getSubcommands().entrySet().stream().flatMap(command -> {
            String name = parent + command.getKey();
            Stream<Written> own = command.getValue().getCommandSpec().options().stream()
                    .filter(option -> option.type() == Path.class
                            || List.of(option.auxiliaryTypes()).contains(Path.class))
                    .filter(option -> !READ.contains(option.longestName()))
                    .map(option -> new Written(name, option));
            return Stream.concat(own, written(name + " ", command.getValue()));
        });
    }

    /// An option of a command.
    record Written(String command, OptionSpec option) {
        /// Of event files each run has its own.
        boolean isShared() {
            return option.longestName().equals("--tensorboard");
        }

        boolean isFolder() {
            return !option.paramLabel().equals("FILE");
        }

        Quadric run(String path, Path place) {
            String fixed = commands().get(command);
            assertNotNull(fixed, () -> "a line for " + command + " in commands()");
            List<String> arguments = new ArrayList<>(List.of(command.split(" ")));
            arguments.addAll(List.of(fixed.split(" ")));
            if (!option.longestName().equals("--out") && List.of("compare", "sweep", "experiment").contains(command)) {
                arguments.addAll(List.of("--out", place.resolve("elsewhere").toString()));
            }
            arguments.addAll(List.of(option.longestName(), path));
            return Quadric.run(arguments.toArray(String[]::new));
        }

        @Override
        public String toString() {
            return command + " " + option.longestName();
        }
    }

    /// Else the second would replace the result of the first.
    @ParameterizedTest
    @MethodSource("written")
    void noOtherRunWritesItMeanwhile(Written written) throws IOException {
        Path path = temp.resolve("written");
        if (written.isShared()) {
            return;
        }
        try (WriteLock lock = written.isFolder() ? WriteLock.folder(path) : WriteLock.file(path).orElseThrow()) {
            assertNotNull(lock);
            written.run(path.toString(), temp).isRefused(
                    written.option().longestName() + ": " + path + ": another process or run is writing");
            assertEquals(1, locks(temp) + locks(path));
            assertFalse(Files.isRegularFile(path));
        }
        written.run(path.toString(), temp).succeeds();
        assertEquals(0, locks(temp) + locks(path));
    }

    @ParameterizedTest
    @MethodSource("written")
    void anEmptyPathIsNone(Written written) {
        written.run("", temp).isRefused(written.option().longestName() + ": an empty path, expected a f");
    }

    @ParameterizedTest
    @MethodSource("written")
    void aMissingFolderIsNamed(Written written) {
        if (!written.isFolder()) {
            String path = temp.resolve("nowhere").resolve("file").toString();
            written.run(path, temp).isRefused(written.option().longestName() + ": " + path + ": there is no folder ");
        }
    }

    @Test
    void aMissingFolderIsNamedBesideOtherOutputs() {
        Quadric.line("train --steps 1 --out " + temp.resolve("m") + " --log " + temp.resolve("no/l"))
                .isRefused("--log: " + temp.resolve("no/l") + ": there is no folder ");
        assertEquals(0, temp.toFile().list().length);
    }

    /// How many there are in a folder.
    private static long locks(Path folder) {
        String[] names = folder.toFile().list();
        return names == null ? 0 : Stream.of(names).filter(name -> name.endsWith(".lock")).count();
    }

    /// Of two runs that begin before either has written anything, the second is refused, and the first one's files are
    /// those that are there.
    @Test
    void theFirstOfTwoRunsWins() throws Exception {
        String[] first = ("train --data clouds --optimizer adam --seconds 8 --threads 1 --out " + temp.resolve("m")
                + " --save " + temp.resolve("c")).split(" ");
        Thread running = new Thread(() -> Quadric.run(first).succeeds());
        running.start();
        while (locks(temp) < 2) {
            Thread.onSpinWait();
        }
        Quadric.line("train --optimizer sgd --steps 1 --out " + temp.resolve("m")).isRefused("is writing it");
        Quadric.line("train --optimizer sgd --steps 1 --save " + temp.resolve("c")).isRefused("is writing it");
        running.join();
        byte[] written = Files.readAllBytes(temp.resolve("m"));
        Quadric.line("describe --model " + temp.resolve("m")).succeeds();
        assertArrayEquals(written, Files.readAllBytes(temp.resolve("m")));
        assertEquals(Set.of("m", "c"), Set.of(temp.toFile().list()));
    }
}
