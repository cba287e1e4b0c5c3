package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.data.IdxFiles;
import io.quadric.engine.train.BatchSizes;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// A run that was interrupted goes on bit for bit, through files and the command line.
class ResumeTest {
    private static final String SMALL = "--batch-size 100 --threads 2";

    @TempDir
    private Path temp;

    /// All recipes, and options that add to a run's memory.
    static Stream<String> recipes() {
        return Stream.concat(
                Optimizers.all().stream().map(Recipe::name),
                Stream.of("adam --set averageDecay=0.9", "kbfgs --set gradientCases=two-batches",
                        "hessian-free-momentum --l2 0.001 --set penaltySteps=4",
                        "hessian-free-early --curvature-batch-size 80 --curvature-pool gradient-batch "
                                + "--evaluation-batch-size 50 --batch-growth 1.5"));
    }

    private static Quadric train(String options) {
        return Quadric.line("train " + options);
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void anInterruptedRunGoesOnBitForBit(String recipe) throws IOException {
        Path whole = temp.resolve("whole");
        Path parts = temp.resolve("parts");
        String method = "--optimizer " + recipe + " " + SMALL;
        train(method + " --steps 6 --log " + whole + ".log --save " + whole + ".ckpt");
        train(method + " --steps 3 --log " + parts + ".log --save " + parts + ".ckpt");
        train("--resume " + parts + ".ckpt --steps 6 --log " + parts + ".log --save " + parts + ".ckpt --threads 1");
        Checkpoint expected = CheckpointFile.read(Path.of(whole + ".ckpt"));
        Checkpoint actual = CheckpointFile.read(Path.of(parts + ".ckpt"));
        assertEquals(6, actual.snapshot().at().step());
        assertArrayEquals(
                expected.snapshot().parameters().floats(), actual.snapshot().parameters().floats());
        assertEquals(expected.snapshot().state().numbers(), actual.snapshot().state().numbers());
        assertEquals(expected.snapshot().initial(), actual.snapshot().initial());
        assertEquals(figures(whole), figures(parts));
    }

    /// Without the evaluation in the line where the first part ended.
    private static List<String> figures(Path run) throws IOException {
        return Quadric.log(Path.of(run + ".log")).stream()
                .map(line -> line.get("step") + " " + line.get("loss") + " " + line.path("damping"))
                .toList();
    }

    @Test
    void aRunIsResumedInItsOwnSettings() throws IOException {
        Path file = temp.resolve("run.ckpt");
        train("--optimizer block-hessian-free --set learningRate=0.25 --curvature-batch-size 50 --seed 9 --l2 1e-4"
                + " --precision float64 --initialization fan-in --batch-size 700 --epochs 1 --save " + file)
                .succeeds();
        Checkpoint before = CheckpointFile.read(file);
        train("--resume " + file + " --epochs 2 --save " + file).succeeds();
        Checkpoint after = CheckpointFile.read(file);
        assertEquals(before.run().plan(), after.run().plan());
        assertEquals(before.run().optimizer(), after.run().optimizer());
        assertEquals(before.run().precision(), after.run().precision());
        assertEquals(before.run().initialization(), after.run().initialization());
        assertEquals(1e-4, after.run().model().model().l2());
        assertEquals(2.0, after.snapshot().at().epoch());
    }

    /// The memory for chunks changes no figures, and may be what the machine has.
    @Test
    void theMemoryForChunksMayChange() throws IOException {
        Path log = temp.resolve("log");
        Path whole = temp.resolve("whole");
        Path parts = temp.resolve("parts");
        String method = "--optimizer kfac --batch-size 400 --chunk-size 100 --threads 1 ";
        train(method + "--steps 4 --save " + whole);
        train(method + "--steps 2 --log " + log + " --save " + parts);
        train("--resume " + parts + " --chunk-memory 0 --steps 3 --log " + log + " --save " + parts).succeeds();
        train("--resume " + parts + " --steps 4 --log " + log + " --save " + parts).succeeds();
        assertArrayEquals(CheckpointFile.read(whole).snapshot().parameters().floats(),
                CheckpointFile.read(parts).snapshot().parameters().floats());
        train("--optimizer sgd --steps 1 --save " + whole);
        train("--resume " + whole + " --chunk-memory 1").isRefused("--chunk-memory: batches are whole");
    }

    @Test
    void aResumedRunWithoutLimitsTakesTwentyMoreEpochs() {
        Path file = temp.resolve("run.ckpt");
        train("--optimizer sgd --epochs 3 --batch-size 1500 --save " + file).succeeds();
        train("--resume " + file + " --save " + file).succeeds();
        assertEquals(23.0, CheckpointFile.read(file).snapshot().at().epoch());
        assertTrue(train("--help").out().replaceAll("\\s+", " ").contains("after --resume 20 more"));
    }

    @Test
    void whatIsNoCheckpointIsRefused() throws IOException {
        Path text = Files.writeString(temp.resolve("text"), "no checkpoint");
        train("--resume " + text).isRefused(text + ": not a checkpoint, expected a ZIP archive");
        train("--resume " + temp).isRefused("not a file, expected a checkpoint");
        train("--resume " + temp.resolve("nowhere")).isRefused("no such file, expected a checkpoint");
    }

    /// Cutting off the end is found wherever the cut is.
    @Test
    void aDamagedCheckpointIsRefused() throws IOException {
        Path file = temp.resolve("run.ckpt");
        train("--optimizer adam --steps 1 --save " + file).succeeds();
        byte[] whole = Files.readAllBytes(file);
        for (int share = 0; share < 20; share++) {
            Path cut = Files.write(
                    temp.resolve("cut"), Arrays.copyOf(whole, whole.length * share / 21));
            train("--resume " + cut).isRefused(cut.toString());
        }
    }

    @Test
    void aCheckpointOfOtherDataIsRefused() throws IOException {
        Path file = temp.resolve("run.ckpt");
        train("--optimizer sgd --steps 1 --save " + file).succeeds();
        byte[] before = Files.readAllBytes(file);
        Path folder = Files.createDirectory(temp.resolve("data"));
        IdxFiles.folder(folder, 4, 0);
        train("--resume " + file + " --data " + folder + " --save " + file).isRefused("the model takes");
        assertArrayEquals(before, Files.readAllBytes(file));
    }

    @Test
    void aCheckpointOfDataThatChangedSinceIsRefused() throws IOException {
        Path data = temp.resolve("table.csv");
        String rows = "a,b,y\n" + "1,2,3\n2,1,4\n0,1,1\n3,0,5\n1,1,2\n".repeat(4);
        Files.writeString(data, rows);
        Path file = temp.resolve("run.ckpt");
        train("--optimizer sgd --steps 1 --save " + file + " --data " + data).succeeds();
        byte[] before = Files.readAllBytes(file);
        Files.writeString(data, rows.replaceFirst("2,1,4", "2,1,5"));
        train("--resume " + file + " --steps 2 --save " + file).isRefused("not the data of the checkpoint, the train");
        assertArrayEquals(before, Files.readAllBytes(file));
        Files.writeString(data, rows);
        train("--resume " + file + " --steps 2 --save " + file).succeeds();
    }

    /// Nobody ever writes to it, or reads from it.
    @Test
    void aNamedPipeIsNotWaitedFor() throws Exception {
        Path pipe = temp.resolve("pipe");
        assumeTrue(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor() == 0);
        Path file = temp.resolve("run.ckpt");
        train("--optimizer sgd --steps 1 --save " + file).succeeds();
        for (String options : List.of("--data ", "--data csv:", "--data libsvm:", "--model ", "--resume ", "--log ",
                "--save ", "--out ", "--report ", "--initial ", "--resume " + file + " --overwrite --log ")) {
            assertTimeoutPreemptively(Duration.ofSeconds(20), () -> train(options + pipe).isRefused("pipe"), options);
        }
        for (String command : List.of("verify --replay ", "verify --fixtures ", "verify --json ",
                "predict --data digits --model ", "evaluate --data digits --model ", "describe --model ")) {
            assertTimeoutPreemptively(
                    Duration.ofSeconds(20), () -> Quadric.line(command + pipe).isRefused("pipe"), command);
        }
    }

    @Test
    void theCheckpointDecidesWhatTheOptionsWouldOtherwise() {
        Path file = temp.resolve("run.ckpt");
        train("--optimizer sgd --steps 1 --save " + file).succeeds();
        train("--resume " + file + " --optimizer adamant").isRefused("unknown optimizer 'adamant'");
        train("--resume " + file + " --set lambda=1").isRefused("unknown hyper-parameter 'lambda'");
        train("--resume " + file + " --seed 2").isRefused("--seed cannot be given with --resume");
        train("--resume " + file + " --log " + file).isRefused("expected different files");
    }

    private JsonNode after(String method, String changes, int line) throws IOException {
        Path run = temp.resolve("run");
        Path other = temp.resolve("other");
        train(method + " " + SMALL + " --steps 3 --save " + run + ".ckpt");
        Files.deleteIfExists(Path.of(other + ".log"));
        Quadric done = train("--resume " + run + ".ckpt --steps 5 --log " + other + ".log --save " + other + ".ckpt "
                + changes);
        List<JsonNode> lines = Quadric.log(Path.of(other + ".log"));
        assertTrue(changes.isEmpty() || lines.getFirst().get("resumed").valueStream()
                .allMatch(note -> done.out().contains("resumed: " + note.textValue())), done.out());
        return lines.get(line);
    }

    /// λ begins anew because it is set, and CG still starts from the last iterate of the run before.
    @Test
    void hyperParametersChangeWhereARunGoesOn() throws IOException {
        String method = "--optimizer hessian-free --set maxIterations=10 --set adaptLambda=false --set lambda=2";
        JsonNode notes = after(method, "--set lambda=0.5", 0);
        assertEquals("[\"lambda begins at 0.5, it was 2.0000\",\"all else of its memory is kept\"]",
                notes.get("resumed").toString());
        assertEquals("0.5", notes.get("hyperParameters").get("lambda").textValue());
        assertEquals("10", notes.get("hyperParameters").get("maxIterations").textValue());
        assertEquals(0.5, after(method, "--set lambda=0.5", 1).get("damping").doubleValue());
        assertEquals("0.5", CheckpointFile.read(Path.of(temp.resolve("other") + ".ckpt")).run().optimizer().values()
                .get("lambda"));
    }

    /// A change that changes nothing leaves all figures as they are.
    @Test
    void withoutARealChangeTheRunGoesOnBitForBit() throws IOException {
        String method = "--optimizer hessian-free-early --set maxIterations=10";
        JsonNode plain = after(method, "", 1);
        assertEquals(plain, after(method, "--set maxIterations=10", 2));
        assertEquals("[\"all of its memory is kept\"]", after(method, "--set maxIterations=10", 0).get("resumed")
                .toString());
    }

    @Test
    void theMethodChangesWhereARunGoesOn() throws IOException {
        String before = "--optimizer block-hessian-free --curvature-batch-size 20";
        JsonNode line = after(before, "--optimizer adam --set beta1=0.8", 0);
        assertEquals("adam", line.get("optimizer").textValue());
        assertTrue(line.get("resumed").toString().contains("the memory of block-hessian-free is dropped"));
        assertEquals(4, after(before, "--optimizer adam --set beta1=0.8", 1).get("step").intValue());
        Checkpoint changed = CheckpointFile.read(Path.of(temp.resolve("other") + ".ckpt"));
        assertEquals(new BatchSizes(100, 0, 0, BatchSizes.Pool.ALL, 1), changed.run().plan().sizes());
        assertEquals(Map.of("beta1", "0.8"), changed.run().optimizer().values());
    }

    @Test
    void anAverageBeginsOrEndsWhereARunGoesOn() throws IOException {
        String adam = "--optimizer adam --set beta1=0.8";
        String begun = after(adam, "--set averageDecay=0.9", 0).get("resumed").toString();
        assertTrue(begun.contains("average begins anew") && begun.contains("all else of its memory is kept"), begun);
        assertEquals(after(adam, "", 0).get("loss"), after(adam, "--set averageDecay=0.9", 1).get("loss"));
    }

    @Test
    void aCheckpointDoesNotDependOnTheFolderItWasMadeIn() throws IOException {
        Path data = temp.resolve("table.csv");
        Files.writeString(data, "a,b,y\n" + "1,2,3\n2,1,4\n0,1,1\n3,0,5\n1,1,2\n".repeat(4));
        Path checkpoint = temp.resolve("run.ckpt");
        Path relative = Path.of("").toAbsolutePath().relativize(data);
        train("--optimizer sgd --steps 1 --save " + checkpoint + " --data " + relative).succeeds();
        String named = CheckpointFile.read(checkpoint).run().data();
        assertTrue(named.startsWith("csv:" + data), named);
        Path moved = Files.move(data, temp.resolve("moved.csv"));
        train("--resume " + checkpoint + " --steps 2").isRefused("--data says where they are now");
        train("--resume " + checkpoint + " --steps 2 --data " + moved).succeeds();
    }
}
