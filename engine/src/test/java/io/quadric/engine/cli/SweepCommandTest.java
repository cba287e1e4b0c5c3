package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.experiment.RunFolder;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.report.Text;
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

    /// With the seeds of the search and further ones; the table of the search stays as it was.
    @Test
    void theBestCombinationIsRepeated() throws IOException {
        String out = sweep(SGD + " --repeat-best 4").succeeds().out();
        String best = out.substring(out.indexOf("Best: ") + "Best: ".length(), out.indexOf(" with "));
        double[] scores = new double[4];
        for (int seed = 1; seed <= 4; seed++) {
            Path log = temp.resolve("made/runs").resolve(RunFolder.fileName(best + " seed=" + seed) + ".log");
            scores[seed - 1] = Files.readAllLines(log).stream()
                    .map(ModelJson::document)
                    .filter(line -> line.has("trainLoss"))
                    .mapToDouble(line -> line.path("trainLoss").asDouble())
                    .min()
                    .orElseThrow();
        }
        assertTrue(out.contains("Repeated with 4 seeds: " + Text.number(Arrays.stream(scores).average().orElseThrow())
                + " ± "), out);
        assertEquals(12, csv("runs.csv").size());
        assertTrue(Files.readString(temp.resolve("made/table.md")).contains("Repeated with 4 seeds: "));
        JsonNode report = ModelJson.document(sweep(SGD + " --repeat-best 4 --json").succeeds().out());
        assertEquals(4, report.path("repeated").path("runs").asInt());
        report.path("runs").forEach(run -> assertTrue(run.path("machine").path("wallSeconds").asDouble() > 0));
    }

    @Test
    void aPublishedGridIsSearched() throws IOException {
        sweep("--optimizer sgd --published ren-4-autoencoders --batch-size 500 --steps 2 --threads 1 --repeats 1")
                .succeeds();
        assertEquals(List.of("1e-4", "3e-4", "0.001", "0.003", "0.01", "0.03"),
                csv("cells.csv").stream().map(cell -> cell[0]).toList());
        sweep("--optimizer sgd --published ren-4-autoencoders --grid momentum=0,0.9").isRefused("expected one of them");
        sweep("--optimizer sgd --published ren-4-autoencoders --set learningRate=1").isRefused(
                "--set learningRate and --published learningRate, expected one of them");
        sweep("--optimizer ekfac --published ren-2").isRefused("--published: ren-2 has no grid for ekfac");
    }
}
