package io.quadric.spark;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.cli.Main;
import io.quadric.engine.cli.output.Output;
import io.quadric.engine.report.ProgressLines.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `quadric train --master` has the bits of the same command without it. The context of the tests is used.
class TrainCommandTest {
    @TempDir
    private Path temp;

    private void train(String options) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        List<String> line = new ArrayList<>(List.of("train"));
        line.addAll(List.of(options.split(" ")));
        int code = Main.run(new Output(new PrintWriter(out), new PrintWriter(err), Console.PLAIN),
                line.toArray(String[]::new));
        assertEquals(0, code, out + "" + err);
    }

    private float[] parameters(String checkpoint) {
        return CheckpointFile.read(temp.resolve(checkpoint)).snapshot().parameters().toFloatArray();
    }

    /// Steps with their losses; times differ.
    private List<String> log(String name) throws IOException {
        return Files.readAllLines(temp.resolve(name)).stream()
                .map(line -> line.replaceAll("\"(seconds|started|finished|created|time)\":[^,}]*", ""))
                .toList();
    }

    /// With a warm start on batches, all cases in a batch or few, and a batch for the curvature.
    @Test
    void parametersAndLogAreThoseWithoutSpark() throws IOException {
        TestSession.context();
        for (String method : List.of("tnt --batch-size 500", "hessian-free --set maxIterations=3 --batch-size 2000")) {
            String options = "--optimizer " + method
                    + " --chunk-size 170 --steps 2 --eval-every 1 --threads 1 --overwrite";
            train(options + " --save " + temp.resolve("here") + " --log " + temp.resolve("here.log"));
            train(options + " --save " + temp.resolve("there") + " --log " + temp.resolve("there.log")
                    + " --master local[2]");
            assertArrayEquals(parameters("here"), parameters("there"), method);
            assertEquals(log("here.log"), log("there.log"), method);
        }
    }

    @Test
    void aRunGoesOnOnSparkWhereItStoppedWithoutIt() {
        TestSession.context();
        String options = "--optimizer kfac --batch-size 400 --chunk-size 150 --threads 1 --eval-every 9";
        train(options + " --steps 3 --save " + temp.resolve("straight"));
        train(options + " --steps 1 --save " + temp.resolve("first"));
        train("--resume " + temp.resolve("first") + " --steps 3 --master local[2] --save " + temp.resolve("second"));
        assertArrayEquals(parameters("straight"), parameters("second"));
    }
}
