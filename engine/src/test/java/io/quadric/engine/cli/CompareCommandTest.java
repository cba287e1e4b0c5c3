package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CompareCommandTest {
    @TempDir
    private Path temp;

    private Quadric compare(String options) {
        return Quadric.line("compare --batch-size 500 --warm-up 0 --out " + temp.resolve("made") + " " + options);
    }

    @Test
    void everyMethodHasItsRowAndItsCurveFromTheSameStart() throws IOException {
        String table = compare("--optimizers sgd,adam,kfac --epochs 2").succeeds().out();
        List<String> csv = Files.readAllLines(temp.resolve("made").resolve("curves.csv"));
        assertEquals("optimizer,epoch,step,seconds,trainLoss,testLoss,testError,parametersTrainLoss,testSquaredError",
                csv.getFirst());
        assertEquals(1 + 3 * 3, csv.size());
        for (String name : List.of("sgd", "adam", "kfac")) {
            assertTrue(table.lines().anyMatch(line -> line.matches(name + " +2\\.0 +6 .* at the limit")), table);
            assertEquals(3, csv.stream().filter(line -> line.startsWith(name + ",")).count());
        }
        assertEquals(1, csv.stream().filter(line -> line.contains(",0.0,0,")).map(line -> line.split(",")[4])
                .distinct().count());
    }

    @Test
    void theCurvesAreWhatTrainingAloneGives() throws IOException {
        compare("--optimizers hessian-free,adam --epochs 1 --set adam.learningRate=0.01").succeeds();
        Path log = temp.resolve("log");
        Quadric.line("train --optimizer adam --set learningRate=0.01 --batch-size 500 --epochs 1 --log " + log);
        List<String> csv = Files.readAllLines(temp.resolve("made").resolve("curves.csv"));
        assertEquals(
                Quadric.log(log).getLast().get("trainLoss").asText(), csv.getLast().split(",")[4]);
    }

    @Test
    void thePictureHasAColourForEachMethod() throws IOException {
        compare("--optimizers sgd,adam --epochs 2").succeeds();
        BufferedImage picture = ImageIO.read(temp.resolve("made").resolve("curves.png").toFile());
        for (int colour : new int[]{0x0072B2, 0xD55E00}) {
            assertTrue(IntStream.range(0, picture.getWidth() * picture.getHeight())
                    .anyMatch(i -> (picture.getRGB(i % picture.getWidth(), i / picture.getWidth())
                            & 0xffffff) == colour));
        }
    }

    @Test
    void aMethodThatFailsDoesNotHideTheOthers() throws IOException {
        Quadric result = compare("--optimizers sgd,adam --epochs 1 --set sgd.learningRate=1e30");
        assertEquals(1, result.code());
        assertTrue(result.err().startsWith("quadric: sgd failed: "), result.err());
        assertTrue(result.out().lines().anyMatch(line -> line.matches("adam .* at the limit")), result.out());
        assertTrue(Files.size(temp.resolve("made").resolve("curves.png")) > 0);
    }
}
