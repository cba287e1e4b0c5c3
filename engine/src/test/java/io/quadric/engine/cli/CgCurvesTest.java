package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Figure 4 of Martens & Sutskever (2012) from the command line.
class CgCurvesTest {
    @TempDir
    private Path temp;

    private Quadric train(String options) {
        return Quadric.line("train --batch-size 200 --steps 3 --curvature-batch-size 0 --overwrite --log "
                + temp.resolve("log") + " " + options);
    }

    @Test
    void everyIterationHasItsObjectiveAndItsModel() throws IOException {
        String method = "--optimizer hessian-free --set maxIterations=7 --set backtracking=false";
        train(method).succeeds();
        List<JsonNode> plain = Quadric.log(temp.resolve("log"));
        Path csv = temp.resolve("cg.csv");
        train(method + " --cg-curves " + csv).succeeds();
        List<JsonNode> observed = Quadric.log(temp.resolve("log"));
        assertEquals(plain, observed, "observing has no effect");
        List<String> lines = Files.readAllLines(csv);
        assertEquals("step,iteration,objective,model,dampedModel", lines.getFirst());
        assertEquals(3 * 7 + 1, lines.size());
        for (int step = 1; step <= 3; step++) {
            String[] last = lines.get(7 * step).split(",");
            assertEquals(step + ",7", last[0] + "," + last[1]);
            double model = observed.get(step).get("model").doubleValue();
            assertEquals(model, Double.parseDouble(last[3]), 1e-4 * Math.abs(model));
            double ratio = observed.get(step).get("reductionRatio").doubleValue();
            assertEquals(ratio, Double.parseDouble(last[2]) / model, 1e-3 * Math.abs(ratio));
            assertTrue(Double.parseDouble(last[4]) > model, "damping adds to the model");
        }
        BufferedImage picture = ImageIO.read(temp.resolve("cg.csv.png").toFile());
        for (int colour : new int[]{0x0072B2, 0xD55E00, 0x009E73}) {
            assertTrue(IntStream.range(0, picture.getWidth() * picture.getHeight())
                    .anyMatch(i -> (picture.getRGB(i % picture.getWidth(), i / picture.getWidth())
                            & 0xffffff) == colour));
        }
    }

    @Test
    void aMethodWithoutIteratesIsNamed() {
        Path csv = temp.resolve("cg.csv");
        for (String method : List.of("adam", "hessian-free-trust-region", "krylov-subspace-descent")) {
            Quadric.line("train --steps 1 --optimizer " + method + " --cg-curves " + csv)
                    .isRefused("--cg-curves is given, but " + method + " has no iterates to show");
            assertTrue(Files.notExists(csv));
        }
    }
}
