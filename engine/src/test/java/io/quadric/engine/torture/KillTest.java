package io.quadric.engine.torture;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quadric.engine.cases.Cases;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.cases.shard.ShardFiles;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.cli.Main;
import io.quadric.engine.cli.Quadric;
import io.quadric.engine.model.TrainedModel;
import io.quadric.nn.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Processes that are killed at random moments, again and again until the run has come to its end: parameters and log
/// are those of a run that nobody disturbed, every file is whole at any time, and nothing is left over. The long form
/// (`-Dquadric.torture=true`) kills 50 times, or as often as `-Dquadric.torture.kills` says.
class KillTest {
    private static final int KILLS = Boolean.getBoolean("quadric.torture")
            ? Integer.getInteger("quadric.torture.kills", 50)
            : 2;
    private static final long SEED = Long.getLong("quadric.torture.seed", 1);
    private static final String TRAIN = "train --data digits --optimizer kfac --threads 1 --steps ";

    @TempDir
    private Path temp;

    private final SplittableRandom random = new SplittableRandom(SEED);

    private ProcessBuilder quadric(Path folder, String line) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-Xmx512m", "-XX:TieredStopAtLevel=1"));
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(List.of(line.split(" ")));
        return new ProcessBuilder(command)
                .directory(Files.createDirectories(folder).toFile())
                .redirectErrorStream(true)
                .redirectOutput(temp.resolve("printed").toFile());
    }

    private void ends(Path folder, String line) throws Exception {
        Process process = quadric(folder, line).start();
        assertTrue(process.waitFor(120, TimeUnit.SECONDS), line);
        assertEquals(0, process.exitValue(), () -> line + ": " + printed());
    }

    private String printed() {
        try {
            return Files.readString(temp.resolve("printed"));
        } catch (IOException e) {
            return e.toString();
        }
    }

    /// Kills what would have run longer, after the file is there and some time more.
    private void killed(Path folder, String line, Path file, int most) throws Exception {
        Process process = quadric(folder, line).start();
        while (process.isAlive() && !Files.exists(file)) {
            Thread.sleep(5);
        }
        process.waitFor(random.nextInt(most), TimeUnit.MILLISECONDS);
        boolean ended = !process.isAlive();
        process.destroyForcibly().waitFor();
        assertTrue(!ended || process.exitValue() == 0, () -> line + ": " + printed());
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void trainingGoesOnBitForBit() throws Exception {
        Path whole = temp.resolve("whole");
        Path parts = temp.resolve("parts");
        int steps = 40 + 20 * KILLS;
        String files = " --save run.checkpoint --checkpoint-every 0 --log run.log --out run.model";
        ends(whole, TRAIN + steps + files);
        Path checkpoint = parts.resolve("run.checkpoint");
        killed(parts, TRAIN + steps + files, checkpoint, 200);
        for (int i = 1; i < KILLS; i++) {
            CheckpointFile.read(checkpoint);
            killed(parts, "train --resume run.checkpoint --threads 1 --steps " + steps + files, checkpoint, 1500);
        }
        age(parts);
        ends(parts, "train --resume run.checkpoint --threads 1 --steps " + steps + files);
        Checkpoint expected = CheckpointFile.read(whole.resolve("run.checkpoint"));
        Checkpoint actual = CheckpointFile.read(checkpoint);
        assertEquals(steps, actual.snapshot().at().step());
        assertArrayEquals(expected.snapshot().parameters().toArray(), actual.snapshot().parameters().toArray());
        assertEquals(expected.snapshot().state().numbers(), actual.snapshot().state().numbers());
        assertArrayEquals(
                TrainedModel.load(whole.resolve("run.model")).parameters().values().toArray(),
                TrainedModel.load(parts.resolve("run.model")).parameters().values().toArray());
        assertEquals(Quadric.log(whole.resolve("run.log")), Quadric.log(parts.resolve("run.log")));
        assertEquals(names(whole), names(parts));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {
        "sweep --optimizer kfac --grid learningRate=0.1,0.2 --repeats 2 --threads 1 --steps 20 --eval-every 5 --out .",
        "experiment mnist-smw --small --threads 1 --steps 10 --warm-up 0 --out ."})
    void campaignsGoOnBitForBit(String command) throws Exception {
        Path whole = temp.resolve("whole");
        Path parts = temp.resolve("parts");
        ends(whole, command);
        for (int i = 0; i < KILLS; i++) {
            killed(parts, command, parts.resolve("runs"), 1500);
        }
        age(parts);
        ends(parts, command);
        assertEquals(figures(whole), figures(parts));
        assertEquals(names(whole), names(parts));
    }

    /// A pack that is killed leaves no folder of data, or the one that was there; the next one leaves nothing over.
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aPackIsThereOrNot() throws Exception {
        String pack = "data pack --data curves,cases=3000,test=300 --shard-size 1 --overwrite --out shards";
        Path whole = temp.resolve("whole/shards");
        Path parts = temp.resolve("parts/shards");
        ends(temp.resolve("whole"), pack);
        for (int i = 0; i < KILLS; i++) {
            Path begun = parts.resolve("train-" + i % 2 + "-0000" + random.nextInt(8) + ".shard");
            killed(temp.resolve("parts"), pack, begun, 60);
            if (ShardFiles.isOne(parts)) {
                assertEquals(digest(whole), digest(parts));
            }
        }
        age(temp.resolve("parts"));
        ends(temp.resolve("parts"), pack);
        assertEquals(digest(whole), digest(parts));
        assertEquals(names(whole).size(), names(parts).size());
    }

    private static String digest(Path shards) {
        ShardFiles files = ShardFiles.open(shards);
        Batch train = files.open(ShardFiles.TRAIN, files.form()).orElseThrow().batch();
        return Digest.of(Cases.of(train));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFolderThatVanishesIsSaidInOneLine() throws Exception {
        Path folder = temp.resolve("there");
        Files.createDirectories(folder);
        Process process = quadric(temp, TRAIN + "100000 --checkpoint-every 0 --save there/run.checkpoint").start();
        while (process.isAlive() && !Files.exists(folder.resolve("run.checkpoint"))) {
            Thread.sleep(5);
        }
        Files.move(folder, temp.resolve("elsewhere"));
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(1, process.exitValue(), this::printed);
        List<String> complaints = printed().lines().filter(line -> line.startsWith("quadric: ")).toList();
        assertEquals(1, complaints.size(), this::printed);
        assertTrue(complaints.getFirst().contains("run.checkpoint"), this::printed);
        assertTrue(printed().lines().noneMatch(line -> line.contains("\tat ")), this::printed);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFolderOfRunsHasOneProcess() throws Exception {
        String sweep = "sweep --optimizer sgd --grid learningRate=0.1,0.2 --threads 1 --epochs 100000 --out .";
        Path folder = temp.resolve("sweep");
        Process first = quadric(folder, sweep).start();
        while (first.isAlive() && !Files.exists(folder.resolve("runs"))) {
            Thread.sleep(5);
        }
        Process second = quadric(folder, sweep).start();
        assertTrue(second.waitFor(60, TimeUnit.SECONDS));
        assertEquals(2, second.exitValue(), this::printed);
        assertTrue(first.isAlive());
        first.destroyForcibly().waitFor();
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"--log", "--save", "--out", "--report"})
    void aFullDiskIsSaidInOneLine(String option) {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full));
        Quadric done = Quadric.line("train --optimizer sgd --steps 2 --threads 1 " + option + " " + full);
        assertEquals(1, done.code(), done.out());
        assertEquals(1, done.err().lines().count(), done.err());
        assertTrue(done.err().startsWith("quadric: ") && done.err().contains(full.toString()), done.err());
    }

    /// A disk that fills up in the middle of a file, as a limit on the size of files.
    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void aFileThatCannotBeWrittenToItsEndLeavesTheOneBefore() throws Exception {
        Path shell = Path.of("/bin/bash");
        assumeTrue(Files.isExecutable(shell));
        Path folder = temp.resolve("run");
        String files = " --save run.checkpoint --log run.log --out run.model --report run.html";
        ends(folder, TRAIN + 5 + files);
        List<String> names = names(folder);
        byte[] checkpoint = Files.readAllBytes(folder.resolve("run.checkpoint"));
        byte[] model = Files.readAllBytes(folder.resolve("run.model"));
        ProcessBuilder quadric = quadric(folder, "train --resume run.checkpoint --threads 1 --steps 10" + files);
        List<String> limited = new ArrayList<>(List.of(shell.toString(), "-c", "ulimit -f 8; exec \"$@\"", "limited"));
        limited.addAll(quadric.command());
        limited.add(5, "-XX:-UsePerfData");
        Path printed = temp.resolve("complaint");
        Process process = quadric.command(limited).redirectErrorStream(false)
                .redirectError(printed.toFile()).start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        List<String> complaints = Files.readString(printed).lines().filter(line -> line.startsWith("quadric: "))
                .toList();
        assertEquals(1, process.exitValue(), () -> complaints + printed());
        assertEquals(1, complaints.size(), () -> complaints + printed());
        assertTrue(complaints.getFirst().contains("run.checkpoint"), complaints::toString);
        assertArrayEquals(checkpoint, Files.readAllBytes(folder.resolve("run.checkpoint")));
        assertArrayEquals(model, Files.readAllBytes(folder.resolve("run.model")));
        assertEquals(names, names(folder));
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(strings = {"train --save ", "train --log ", "train --out ", "train --report "})
    void aFolderThatTakesNoFileIsSaidBefore(String command) {
        Path folder = Path.of("/proc");
        assumeTrue(Files.isDirectory(folder));
        Quadric.line(command + folder.resolve("file")).isRefused("/proc/file: the folder /proc is not writable");
        Quadric.line("sweep --optimizer sgd --grid learningRate=1 --out " + folder.resolve("runs")).isRefused("/proc");
    }

    /// Parameters and logs, of all runs of a folder.
    private static Map<String, Object> figures(Path folder) throws IOException {
        Map<String, Object> figures = new TreeMap<>();
        try (Stream<Path> files = Files.list(folder.resolve("runs"))) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (name.endsWith(".log")) {
                    figures.put(name, Quadric.log(file));
                } else if (name.endsWith(".checkpoint")) {
                    figures.put(name, Arrays.toString(CheckpointFile.read(file).snapshot().parameters().toArray()));
                }
            }
        }
        return figures;
    }

    /// Only files of dead processes that are some minutes old are removed.
    private static void age(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(path -> path.toString().endsWith(".tmp")).toList()) {
                Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
            }
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.map(file -> folder.relativize(file).toString()).sorted().toList();
        }
    }
}
