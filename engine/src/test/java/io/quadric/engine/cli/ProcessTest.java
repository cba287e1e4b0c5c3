package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.report.LogFile;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The command line as a process of its own: signals, the standard output, the language of the user.
class ProcessTest {
    private static final String TRAIN = "train --optimizer sgd --threads 1 --eval-every 1000000 ";

    @TempDir
    Path temp;

    private ProcessBuilder quadric(List<String> flags, String line) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(flags);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(line.split(" ")));
        return new ProcessBuilder(command)
                .directory(temp.toFile())
                .redirectError(temp.resolve("err").toFile())
                .redirectOutput(temp.resolve("out").toFile());
    }

    private String read(String name) throws IOException {
        return Files.readString(temp.resolve(name), StandardCharsets.UTF_8);
    }

    @Test
    void aTerminatedRunCanGoOn() throws Exception {
        Process process = quadric(List.of(), TRAIN + "--epochs 1000000 --save run.checkpoint --log run.log").start();
        Path log = temp.resolve("run.log");
        while (process.isAlive() && (!Files.exists(log) || Files.size(log) < 10_000)) {
            Thread.sleep(50);
        }
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue(), read("err"));
        assertTrue(read("err").contains("'quadric train --resume run.checkpoint' goes on"), read("err"));
        assertTrue(read("run.log").endsWith("}\n"));
        long step = CheckpointFile.read(temp.resolve("run.checkpoint")).snapshot().at().step();
        assertEquals(step, LogFile.lines(log).getLast().get("step").longValue());
        assertEquals(0, locks());
    }

    private long locks() throws IOException {
        try (Stream<Path> files = Files.walk(temp)) {
            return files.filter(file -> file.toString().endsWith(".lock")).count();
        }
    }

    /// Before a run can be interrupted, while it can, and where no command waits for its end.
    @ParameterizedTest
    @CsvSource({
        "0, train --epochs 1000000 --optimizer sgd --out model",
        "2500, train --epochs 1000000 --optimizer sgd --out model",
        "1500, compare --optimizers sgd --epochs 1000000 --warm-up 0 --out compared",
        "5000, experiment mnist-smw --small --only SGD --epochs 1000000 --warm-up 0 --out made",
        "0, verify --json laws.json --networks 1000"})
    void noLockStaysOfACommandThatIsTerminated(int milliseconds, String command) throws Exception {
        Process process = quadric(List.of(), command + " --threads 1").start();
        while (process.isAlive() && locks() == 0) {
            Thread.sleep(5);
        }
        Thread.sleep(milliseconds);
        process.destroy();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(143, process.exitValue(), read("err"));
        assertFalse(read("err").contains("Exception"), read("err"));
        assertEquals(0, locks());
    }

    /// A pipe that has no name is written, as a device is.
    @Test
    void theStandardOutputMayBeAPipe() throws Exception {
        assumeTrue(Files.exists(Path.of("/dev/stdout")));
        Process process = quadric(List.of(), TRAIN + "--steps 1 --json --log /dev/stdout")
                .redirectOutput(ProcessBuilder.Redirect.PIPE).start();
        String written = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), read("err"));
        assertTrue(written.contains("\"format\":\"quadric-log\""), written);
    }

    @Test
    void aKilledRunGoesOnAndItsLogHasEveryStepOnce() throws Exception {
        Process process = quadric(List.of(), TRAIN + "--epochs 1000000 --save run.checkpoint --log run.log "
                + "--checkpoint-every 0").start();
        Path checkpoint = temp.resolve("run.checkpoint");
        while (process.isAlive() && !Files.exists(checkpoint)) {
            Thread.sleep(20);
        }
        Thread.sleep(100);
        process.destroyForcibly().waitFor();
        long step = CheckpointFile.read(checkpoint).snapshot().at().step();
        String resume = "train --resume run.checkpoint --log run.log --threads 1 --steps " + (step + 3);
        assertEquals(0, quadric(List.of(), resume).start().waitFor(), read("err"));
        assertEquals(step + 3, LogFile.lines(temp.resolve("run.log")).getLast().get("step").longValue());
    }

    @Test
    void anUnwritableStandardOutputIsAFailure() throws Exception {
        File full = new File("/dev/full");
        assumeTrue(full.exists());
        Process process = quadric(List.of(), "optimizers").redirectOutput(full).start();
        assertEquals(1, process.waitFor());
        assertTrue(read("err").contains("the standard output cannot be written to"), read("err"));
    }

    @Test
    void aHeapThatIsTooSmallIsSaid() throws Exception {
        String wide = TRAIN + "--steps 1 --model digits-autoencoder --optimizer kbfgs";
        int code = quadric(List.of("-Xmx12m"), wide.replace("--optimizer sgd ", "")).start().waitFor();
        assertEquals(1, code, read("err"));
        assertTrue(read("err").matches("(?s).*quadric: out of memory with a heap of 1[12] MB.*"), read("err"));
    }

    @Test
    void theLanguageOfTheUserChangesNothing() throws Exception {
        String usual = printed(List.of());
        for (String language : List.of("tr-TR", "ar-EG", "de-DE")) {
            String[] parts = language.split("-");
            List<String> flags = List.of("-Duser.language=" + parts[0], "-Duser.country=" + parts[1]);
            assertEquals(usual, printed(flags), language);
        }
    }

    /// What commands print and log, without the figures that are times.
    private String printed(List<String> flags) throws Exception {
        StringBuilder text = new StringBuilder();
        String train = TRAIN + "--steps 30 --log run.log --overwrite";
        for (String line : List.of(train, "verify --networks 1", "optimizers kfac")) {
            assertEquals(0, quadric(flags, line).start().waitFor(), line + read("err"));
            text.append(read("out").replaceAll("[0-9.]+ s\\b|[0-9.]+ +2\\.4005", ""));
        }
        return text + read("run.log").replaceAll("\"seconds\":[0-9.Ee-]+", "");
    }
}
