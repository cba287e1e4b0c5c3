package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.JsonPart;
import io.quadric.engine.array.NdArray;
import io.quadric.engine.array.NpzFile;
import io.quadric.linalg.Vector;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `cross-validate` on data that are no table of columns.
class CrossValidateTest {
    private static final int CASES = 60;
    private static final int SIDE = 6;

    @TempDir
    private Path temp;

    private JsonNode figures(String data) {
        Quadric run = Quadric.line("cross-validate --folds 3 --epochs 15 --json --data " + data).succeeds();
        JsonNode node = JsonPart.parse(run.out().strip()).node();
        assertEquals(3, node.get("folds").size());
        int cases = 0;
        for (JsonNode fold : node.get("folds")) {
            cases += fold.get("cases").asInt();
        }
        assertEquals(CASES, cases);
        return node.get("mean");
    }

    /// Images that are brighter on the left or on the right.
    @Test
    void aFolderOfImages() throws IOException {
        Random random = new Random(1);
        for (int i = 0; i < CASES; i++) {
            boolean left = i % 2 == 0;
            Path folder = Files.createDirectories(temp.resolve("images").resolve(left ? "left" : "right"));
            BufferedImage image = new BufferedImage(SIDE, SIDE, BufferedImage.TYPE_BYTE_GRAY);
            for (int j = 0; j < SIDE * SIDE; j++) {
                int grey = random.nextInt(60) + (j % SIDE < SIDE / 2 == left ? 150 : 0);
                image.setRGB(j % SIDE, j / SIDE, new Color(grey, grey, grey).getRGB());
            }
            ImageIO.write(image, "png", folder.resolve(i + ".png").toFile());
        }
        assertTrue(figures(temp.resolve("images").toString()).get("accuracy").asDouble() > 0.9);
    }

    /// The target is the sum of the first and the last number.
    @Test
    void arraysOfFeaturesSequencesAndImages() throws IOException {
        Random random = new Random(2);
        double[] x = random.doubles((long) CASES * SIDE * SIDE).toArray();
        double[] y = new double[CASES];
        for (int i = 0; i < CASES; i++) {
            y[i] = x[i * SIDE * SIDE] + x[(i + 1) * SIDE * SIDE - 1];
        }
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        arrays.put("X", NdArray.of(Vector.of(x), CASES, SIDE, SIDE));
        arrays.put("y", NdArray.of(Vector.of(y), CASES));
        Path file = temp.resolve("cases.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            NpzFile.write(out, arrays);
        }
        double[] errors = List.of("features", "image", "sequence").stream()
                .mapToDouble(shape -> figures("numpy:" + file + ",shape=" + shape).get("rmse").asDouble())
                .toArray();
        assertTrue(errors[0] < 0.3, "the deviation of the target is 0.4, got " + errors[0]);
        assertTrue(errors[0] != errors[1] && errors[1] != errors[2], "other shapes, other networks");
    }

    @Test
    void dataThatComeSplitAreRefusedByWhatWorks() {
        Quadric.line("cross-validate --data digits").isRefused("--data digits: these cases come split into training "
                + "and test; expected a table, arrays of NumPy or a folder");
    }
}
