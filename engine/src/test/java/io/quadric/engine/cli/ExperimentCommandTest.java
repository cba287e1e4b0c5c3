package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.experiment.RunFolder;
import io.quadric.engine.experiment.paper.Experiments;
import io.quadric.engine.report.MeanAndDeviation;
import io.quadric.engine.report.Text;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExperimentCommandTest {
    @TempDir
    private Path temp;

    private Path made() {
        return temp.resolve("made");
    }

    private Quadric experiment(String line) {
        return Quadric.line("experiment " + line + " --warm-up 0 --out " + made());
    }

    static List<String> experiments() {
        return Experiments.comparisons().stream().map(Experiment::name).toList();
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void everyExperimentHasASmallForm(String name) throws IOException {
        Experiment experiment = (Experiment) Experiments.ALL.get(name);
        Quadric result = experiment(experiment.name() + " --data digits --steps 2 --threads 1");
        assertTrue(result.code() <= 1, result.err());
        String table = Files.readString(made().resolve("table.md"));
        String csv = Files.readString(made().resolve("curves.csv"));
        for (Entry entry : experiment.entries().apply(new Scale(Size.SMALL, "digits"))) {
            assertTrue(table.contains("| " + entry.label() + " | "), table);
            assertTrue(csv.contains(entry.label()), csv);
        }
        assertTrue(Quadric.line("experiment --list").succeeds().out().contains(experiment.name() + " "));
        for (String picture : table.lines().filter(line -> line.startsWith("![")).toList()) {
            assertTrue(Files.size(made().resolve(picture.replaceAll(".*\\(|\\)", ""))) > 0, picture);
        }
    }

    @ParameterizedTest
    @MethodSource("experiments")
    void labelsAreDifferentFilesAtEveryScale(String name) {
        Experiment experiment = (Experiment) Experiments.ALL.get(name);
        for (Size size : Size.values()) {
            List<Entry> entries = experiment.entries().apply(new Scale(size, "digits"));
            long names = entries.stream().map(entry -> RunFolder.fileName(entry.label())).distinct().count();
            assertEquals(entries.size(), names);
            assertFalse(entries.isEmpty());
        }
    }

    @Test
    void directionsAreAlignedWithThoseOfBlockFisher() throws IOException {
        String out = experimentWithoutWarmUp("natural-alignment --small --steps 2 --threads 1").succeeds().out();
        assertTrue(out.contains("step 2: TNT 0.") && !out.contains("step 3"), out);
        List<String> csv = Files.readAllLines(made().resolve("alignment.csv"));
        assertEquals("step,direction,all layers,layer 1,layer 2,layer 3", csv.getFirst());
        assertEquals(1 + 2 * 5, csv.size());
        String table = Files.readString(made().resolve("table.md"));
        assertTrue(table.contains("| KFAC | 0.") && table.contains("| step | loss |"), table);
        assertTrue(Files.size(made().resolve("alignment.png")) > 0);
        experimentWithoutWarmUp("natural-alignment --small --epochs 2").isRefused("expected --steps only");
    }

    @ParameterizedTest
    @ValueSource(strings = {"curves", "mnist"})
    void updatesAreAlignedWithGaussNewtonOnes(String data) throws IOException {
        String line = "update-alignment-" + data + " --small --steps 2 --threads 1";
        String out = experimentWithoutWarmUp(line).succeeds().out();
        assertTrue(out.contains("step 3: block Gauss-Newton 1.000, KFAC 0.") && !out.contains("step 5"), out);
        List<String> csv = Files.readAllLines(made().resolve("alignment.csv"));
        assertEquals("step,direction,full,block,layer 1,layer 2,layer 3,layer 4", csv.getFirst());
        assertEquals(1 + 2 * 7, csv.size());
        String table = Files.readString(made().resolve("table.md"));
        assertTrue(table.contains("| KFLR, exact inverse | 0.") && table.contains("| block residual |"), table);
    }

    private Quadric experimentWithoutWarmUp(String line) {
        return Quadric.line("experiment " + line + " --out " + made());
    }

    @Test
    void aRerunGoesOnWhereTheFirstStopped() throws IOException {
        String line = "mnist-smw --small --threads 1";
        experiment(line + " --only SGD --steps 3").succeeds();
        String once = Files.readString(made().resolve("table.md"));
        assertFalse(once.contains("| HF |"), once);
        String again = experiment(line + " --only SGD --steps 3").succeeds().out();
        assertTrue(again.contains("SGD: complete"), again);
        experiment(line + " --only HF --steps 4").succeeds();
        String both = Files.readString(made().resolve("table.md"));
        assertTrue(both.contains("| HF |") && both.contains("| SGD |"), both);
        experiment(line + " --only SGD --steps 30").succeeds();
        List<String> parts = losses(made(), "SGD");
        Quadric.line("experiment " + line + " --only SGD --steps 30 --warm-up 0.1 --out " + temp.resolve("whole"))
                .succeeds();
        assertEquals(losses(temp.resolve("whole"), "SGD"), parts);
        experiment(line + " --seed 2").isRefused("HF.checkpoint: is of another run, whose seed is");
    }

    /// The column of a file of curves.
    private static double[] column(Path csv, String name) throws IOException {
        List<String> lines = Files.readAllLines(csv);
        int at = List.of(lines.getFirst().split(",")).indexOf(name);
        return lines.stream().skip(1).mapToDouble(line -> Double.parseDouble(line.split(",", -1)[at])).toArray();
    }

    /// Pictures have a row for each figure that there is, and a column for each axis. The loss of the faces is half the
    /// squared error of their 64 numbers.
    @Test
    void panelsShowAllFiguresAndAutoencodersHaveASquaredError() throws IOException {
        experiment("faces-autoencoder --small --only SGD-m --epochs 3 --threads 1").succeeds();
        Path csv = made().resolve("curves.csv");
        double[] losses = column(csv, "testLoss");
        double[] expected = Arrays.stream(losses).map(loss -> 2 * loss / 64).toArray();
        assertArrayEquals(expected, column(csv, "testSquaredError"), 1e-6 * losses[0]);
        assertTrue(losses.length == 4 && Files.readString(made().resolve("table.md")).contains("| test MSE |"));
        assertPanels(3);
        assertTrue(Files.readString(made().resolve("report.html")).contains("Test squared error"));
    }

    @Test
    void panelsOfClassifiersHaveTheError() throws IOException {
        experiment("mnist-smw --small --only SGD --steps 3 --threads 1").succeeds();
        assertPanels(3);
        assertFalse(Files.readString(made().resolve("table.md")).contains("test MSE"));
        experiment("mnist-smw --small --only SGD --steps 100 --eval-every 5 --threads 1 --target-loss 2.295")
                .succeeds();
        String table = Files.readString(made().resolve("table.md"));
        assertTrue(table.contains("stopped: training loss 2.2950 reached"), table);
    }

    private void assertPanels(int rows) throws IOException {
        BufferedImage image = ImageIO.read(made().resolve("panels.png").toFile());
        assertEquals(List.of(3 * 720 + 190, rows * 540), List.of(image.getWidth(), image.getHeight()));
    }

    /// Repeats are added to those made before; the mean is that of the curves.
    @Test
    void repeatsAreAddedAndTakenTogether() throws IOException {
        String line = "mnist-smw --small --threads 1 --only SGD --steps 3 --seed 5";
        experiment(line).succeeds();
        String single = Files.readString(made().resolve("table.md"));
        assertFalse(single.contains("±") || single.contains("seeds"), single);
        String out = experiment(line + " --repeats 3").succeeds().out();
        assertTrue(out.contains("SGD: complete") && out.contains("SGD seed=6: ") && out.contains("SGD seed=7: "), out);
        List<String> first = List.of(losses(made(), "SGD").getFirst(), losses(made(), "SGD seed=6").getFirst(),
                losses(made(), "SGD seed=7").getFirst());
        assertEquals(3, first.stream().distinct().count(), first::toString);
        String outcome = Files.readString(made().resolve("runs").resolve(RunFolder.fileName("SGD seed=6") + ".end"));
        assertTrue(outcome.contains("\"seed\":6,\"machine\":{\"threads\":1,"), outcome);
        double[] last = Files.readAllLines(made().resolve("curves.csv")).stream()
                .map(row -> row.split(","))
                .filter(row -> row[2].equals("3"))
                .mapToDouble(row -> Double.parseDouble(row[4]))
                .toArray();
        String spread = MeanAndDeviation.of(last).text(Text::number);
        String table = Files.readString(made().resolve("table.md"));
        assertTrue(last.length == 3 && spread.contains(" ± ") && table.contains("| " + spread + " |")
                && table.contains("| 5–7 |") && table.contains("| load | CPU |"), table);
        String again = experiment(line + " --repeats 3").succeeds().out();
        assertEquals(3, again.lines().filter(text -> text.endsWith(": complete")).count(), again);
    }

    private static List<String> losses(Path folder, String run) throws IOException {
        return Quadric.log(folder.resolve("runs").resolve(RunFolder.fileName(run) + ".log")).stream()
                .map(step -> step.get("step") + " " + step.get("loss"))
                .collect(Collectors.toList());
    }

    @Test
    void whatIsUnknownIsRefused() {
        experiment("mnist --data digits")
                .isRefused("unknown experiment 'mnist', expected one of curves-hessian-free, ");
        experiment("mnist-autoencoder --data digits --epoch 3").isRefused("--epoch");
        experiment("mnist-autoencoder").isRefused("--data is missing, expected a folder in the format of MNIST");
        experiment("long-range --data nowhere").isRefused("long-range makes up its data, expected 'digits'");
        experiment("mnist-tnt-ef --small --data nowhere").isRefused("--small with --data nowhere");
        experiment("mnist-tnt-ef --small --only SGD").isRefused("--only SGD, expected one of TNT; TNT-EF");
        experimentWithoutWarmUp("natural-alignment --small --target-loss 1")
                .isRefused("--target-loss: natural-alignment compares");
        experimentWithoutWarmUp("natural-alignment --small --until-error-rises").isRefused("makes no runs");
        for (String option : List.of(
                "--only KFAC", "--l2 1", "--initialization sparse", "--repeats 2", "--report page.html", "--warm-up 1",
                "--tensorboard events")) {
            experimentWithoutWarmUp("natural-alignment --small " + option)
                    .isRefused(option.split(" ")[0] + ": natural-alignment measures and makes no runs");
        }
        experimentWithoutWarmUp("natural-alignment --data nowhere --budget published").isRefused("makes no runs");
        experiment("mnist-smw --small --budget published").isRefused("--budget published with --small");
        experiment("mnist-smw --data nowhere --epochs 1 --budget reduced").isRefused("another limit");
        experiment("mnist-mixture --data digits --seconds 1").isRefused("expected --epochs or --steps");
        Quadric.line("experiment mnist-tnt-ef --small --warm-up -1").isRefused("--warm-up is");
    }
}
