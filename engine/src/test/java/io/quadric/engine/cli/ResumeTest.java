package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.data.IdxFiles;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
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

    @Test
    void aResumedRunWithoutLimitsTakesTwentyMoreEpochs() {
        Path file = temp.resolve("run.ckpt");
        train("--optimizer sgd --epochs 3 --batch-size 1500 --save " + file).succeeds();
        train("--resume " + file + " --save " + file).succeeds();
        assertEquals(23.0, CheckpointFile.read(file).snapshot().at().epoch());
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
    void theCheckpointDecidesWhatTheOptionsWouldOtherwise() {
        Path file = temp.resolve("run.ckpt");
        train("--optimizer sgd --steps 1 --save " + file).succeeds();
        train("--resume " + file + " --optimizer adam").isRefused("--optimizer cannot be given with --resume");
        train("--resume " + file + " --seed 2").isRefused("--seed cannot be given with --resume");
        train("--resume " + file + " --log " + file).isRefused("expected different files");
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
