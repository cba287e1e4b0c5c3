package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SweepCommandTest {
    private static final String SGD = "--optimizer sgd --batch-size 500 --epochs 1 --threads 1 --grid "
            + "learningRate=0.001,0.1,1e30 --grid momentum=0,0.9 --repeats 2";

    @TempDir
    private Path temp;

    private Quadric sweep(String options) {
        return Quadric.line("sweep --out " + temp.resolve("made") + " " + options);
    }

    private List<String[]> csv(String file) throws IOException {
        return Files.readAllLines(temp.resolve("made").resolve(file)).stream()
                .skip(1)
                .map(line -> line.split(","))
                .toList();
    }

    /// Mean and deviation of two runs are (a + b)/2 and |a − b|/√2.
    @Test
    void cellsHaveMeanAndDeviationOfTheirRunsAndTheBestIsTheLeast() throws IOException {
        String out = sweep(SGD).succeeds().out();
        List<String[]> runs = csv("runs.csv");
        List<String[]> cells = csv("cells.csv");
        assertEquals(12, runs.size());
        assertEquals(6, cells.size());
        String[] best = cells.getFirst();
        for (int i = 0; i < 6; i++) {
            String[] cell = cells.get(i);
            boolean diverges = cell[0].equals("1e30");
            assertEquals(diverges ? "2" : "0", cell[3], Arrays.toString(cell));
            if (!diverges) {
                double first = Double.parseDouble(runs.get(2 * i)[3]);
                double second = Double.parseDouble(runs.get(2 * i + 1)[3]);
                assertEquals((first + second) / 2, Double.parseDouble(cell[4]), 1e-12);
                assertEquals(Math.abs(first - second) / Math.sqrt(2), Double.parseDouble(cell[5]), 1e-12);
                best = Double.parseDouble(cell[4]) < Double.parseDouble(best[4]) ? cell : best;
            }
        }
        assertTrue(out.contains("Best: learningRate=" + best[0] + " momentum=" + best[1] + " with "), out);
        assertTrue(Files.readString(temp.resolve("made").resolve("table.md")).contains("| 1e30 | 0 | – | 2 | 2 |"));
        BufferedImage map = ImageIO.read(temp.resolve("made").resolve("heatmap.png").toFile());
        assertTrue(IntStream.range(0, map.getWidth() * map.getHeight())
                .anyMatch(i -> (map.getRGB(i % map.getWidth(), i / map.getWidth()) & 0xffffff) == 0xff0000));
    }

    @Test
    void whatIsCompleteIsNotMadeAgain() throws IOException {
        String small = "--optimizer adam --steps 1 --threads 1 --grid learningRate=0.01 --score test-error --repeats ";
        sweep(small + 1).succeeds();
        List<String> before = Files.readAllLines(temp.resolve("made").resolve("runs.csv"));
        String out = sweep(small + 2).succeeds().out();
        assertTrue(out.contains("learningRate=0.01 seed=1: complete"), out);
        List<String> after = Files.readAllLines(temp.resolve("made").resolve("runs.csv"));
        assertEquals(before, after.subList(0, before.size()));
        assertEquals(before.size() + 1, after.size());
    }

    @Test
    void badGridsAreRefused() {
        sweep("--optimizer adam").isRefused("no --grid given");
        sweep("--optimizer adam --grid learningRate").isRefused("--grid learningRate, expected NAME=VALUE,VALUE…");
        sweep("--optimizer adam --grid beta1=0.9,0.9").isRefused("--grid beta1=0.9,0.9, expected different values");
        sweep("--optimizer adam --grid beta3=0.9").isRefused("unknown hyper-parameter 'beta3'");
        sweep("--optimizer adam --grid beta1=0.9,2").isRefused("beta1");
        sweep("--optimizer adam --grid beta1=0.9 --set beta1=0.8").isRefused("--set beta1 and --grid beta1");
        sweep("--optimizer adam --grid beta1=0.9 --repeats 0").isRefused("--repeats is 0");
        sweep("--optimizer adam --grid beta1=0.9 --score luck").isRefused("expected one of least-train-loss");
    }
}
