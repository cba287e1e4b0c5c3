package io.quadric.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.quadric.engine.report.MatrixPicture.Panel;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MatrixPictureTest {
    @TempDir
    private Path folder;

    /// The largest entry of both matrices is the lightest, one 10⁴ times as small is the darkest, one in the middle of
    /// the logarithms has the middle colour, and signs do not matter.
    @Test
    void coloursAreOfOneScale() throws IOException {
        Matrix first = Matrix.of(2, 2, -100, 1, 0, Double.NaN);
        Matrix second = Matrix.of(2, 2, 0.01, 1e-9, 10, -1);
        Path file = folder.resolve("matrices.png");
        new MatrixPicture("two", "parameter", List.of(new Panel("first", first), new Panel("second", second)))
                .write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        int side = 330;
        int[] columns = {60, 60 + side / 2, 60 + side + 24, 60 + side + 24 + side / 2};
        Color[][] expected = {
            {ColourScale.at(1), ColourScale.at(0.5), ColourScale.at(0), ColourScale.at(0)},
            {ColourScale.at(0), Color.LIGHT_GRAY, ColourScale.at(0.75), ColourScale.at(0.5)}
        };
        for (int i = 0; i < 2; i++) {
            for (int j = 0; j < 4; j++) {
                assertEquals(expected[i][j], new Color(image.getRGB(columns[j] + 20, 76 + i * side / 2 + 20)),
                        i + ", " + j);
            }
        }
    }

    @Test
    void ordersMustAgree() {
        List<Panel> panels = List.of(
                new Panel("first", Matrix.identity(Precision.FLOAT64, 2)),
                new Panel("second", Matrix.identity(Precision.FLOAT64, 3)));
        assertThrows(IllegalArgumentException.class, () -> new MatrixPicture("two", "parameter", panels));
    }
}
