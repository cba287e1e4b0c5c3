package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.engine.json.ModelJson;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Images that are scaled and changed at random, from the command line.
class ImageOptionsTest {
    private static final String IMAGES = " --augment crop=1,flip=horizontal --standardise";
    private static final String METHOD = " --optimizer hessian-free-early --batch-size 300";

    @TempDir
    private Path temp;

    private Checkpoint train(String options) {
        Path file = temp.resolve("run" + Math.abs(options.hashCode()));
        Quadric.line("train " + options + " --save " + file).succeeds();
        return CheckpointFile.read(file);
    }

    private static double[] parameters(Checkpoint run) {
        return run.snapshot().parameters().toArray();
    }

    @Test
    void runsAreTheSameForAnyThreadsAndGoOnBitForBit() {
        Checkpoint whole = train("--threads 1 --steps 5" + METHOD + IMAGES);
        assertEquals("pictures:digits,crop=1,flip=horizontal,channels=standardised", whole.run().data());
        assertArrayEquals(parameters(whole), parameters(train("--threads 2 --steps 5" + METHOD + IMAGES)));
        Path parts = temp.resolve("parts");
        Quadric.line("train --steps 2 --save " + parts + METHOD + IMAGES).succeeds();
        Quadric.line("train --steps 5 --resume " + parts + " --save " + parts).succeeds();
        assertArrayEquals(parameters(whole), parameters(CheckpointFile.read(parts)));
        Quadric.line("train --steps 6 --resume " + parts + " --data digits")
                .isRefused("not the data of the checkpoint");
        assertFalse(Arrays.equals(parameters(whole), parameters(train("--steps 5" + METHOD + " --standardise"))));
    }

    @Test
    void shardsAreAugmentedAndScaledAlike() {
        Path shards = temp.resolve("shards");
        Quadric.line("data pack --data digits --out " + shards).succeeds();
        Path scaled = temp.resolve("scaled");
        Quadric.line("data pack --standardise --data digits --out " + scaled).succeeds();
        double[] expected = parameters(train("--steps 3" + METHOD + IMAGES));
        assertArrayEquals(expected, parameters(train("--data " + shards + " --steps 3" + METHOD + IMAGES)));
        assertArrayEquals(expected, parameters(train(
                "--data " + scaled + " --steps 3 --augment crop=1,flip=horizontal" + METHOD)));
    }

    /// The model has the scale of the training part: images as they are, and scaled ones, are predicted alike.
    @Test
    void modelsKeepTheScale() {
        Path model = temp.resolve("model");
        Checkpoint run = train("--steps 30 --optimizer kfac --standardise --out " + model);
        double error = run.snapshot().last().testError().orElseThrow();
        for (String data : new String[]{"digits", "pictures:digits,channels=standardised"}) {
            JsonNode figures = ModelJson.document(Quadric.line("evaluate --json --model " + model + " --data " + data)
                    .succeeds().out());
            assertEquals(1 - error, figures.get("figures").get("accuracy").asDouble(), 1e-12, data);
        }
        assertTrue(error < 0.2, "learns nothing");
    }

    @Test
    void channelsHaveMeanZeroAndDeviationOne() {
        Dataset plain = DataSource.named("digits").load(new Task.Classification(10), Precision.FLOAT64);
        Dataset data = DataSource.named("pictures:digits,channels=standardised")
                .load(new Task.Classification(10), Precision.FLOAT64);
        Matrix x = data.train().batch().inputs();
        double count = (double) x.rows() * x.columns();
        assertEquals(0, x.flat().sum() / count, 1e-12);
        assertEquals(1, x.flat().norm() / Math.sqrt(count), 1e-12);
        Matrix test = data.test().orElseThrow().batch().inputs();
        double factor = (x.get(0, 2) - x.get(0, 3))
                / (plain.train().batch().inputs().get(0, 2) - plain.train().batch().inputs().get(0, 3));
        Matrix raw = plain.test().orElseThrow().batch().inputs();
        assertEquals(factor * (raw.get(5, 20) - raw.get(5, 0)), test.get(5, 20) - test.get(5, 0), 1e-9);
    }

    /// A folder of images is a table: its scale goes into the preparation that it has.
    @Test
    void foldersOfImagesKeepTheirScaleToo() throws IOException {
        Path folder = temp.resolve("images");
        for (int i = 0; i < 24; i++) {
            BufferedImage image = new BufferedImage(5, 4, BufferedImage.TYPE_INT_RGB);
            for (int pixel = 0; pixel < 20; pixel++) {
                image.setRGB(pixel % 5, pixel / 5, 0x010203 * (pixel * 7 + i * 3 + i % 2 * 20 & 63));
            }
            Path pixels = Files.createDirectories(folder.resolve(i % 2 == 0 ? "dark" : "light")).resolve(i + ".png");
            ImageIO.write(image, "png", pixels.toFile());
        }
        Path shards = temp.resolve("shards");
        Quadric.line("data pack --standardise --data " + folder + " --out " + shards).succeeds();
        String rest = " --optimizer kfac --epochs 3 --threads 1 --augment crop=1 --out ";
        train("--standardise --data " + folder + rest + temp.resolve("a"));
        train("--data " + shards + rest + temp.resolve("b"));
        String predict = "predict --probabilities --data " + folder + " --model ";
        String out = Quadric.line(predict + temp.resolve("a")).succeeds().out();
        assertEquals(25, out.lines().count());
        assertEquals(out, Quadric.line(predict + temp.resolve("b")).succeeds().out());
    }

    @Test
    void whatDoesNotFitIsRefusedInALine() {
        Quadric.line("train --augment crop=8").isRefused("crop=8, expected at least 0 and less than height and width");
        Quadric.line("train --augment flip=vertical")
                .isRefused("--augment: flip=vertical, expected one of none, horizontal");
        Quadric.line("train --augment turn=3").isRefused("'turn=3' in 'turn=3', expected crop=N, ");
        Quadric.line("train --augment crop=4,crop=5").isRefused("--augment: 'crop=5' in 'crop=4,crop=5', expected");
        Quadric.line("train --data problem:addition --standardise").isRefused("expected images");
        Path out = temp.resolve("out");
        Quadric.line("data pack --augment crop=1 --out " + out).isRefused("--augment: images are packed as they are");
        Quadric.line("data pack --standardise --more digits --out " + out).isRefused("expected data as they are");
    }
}
