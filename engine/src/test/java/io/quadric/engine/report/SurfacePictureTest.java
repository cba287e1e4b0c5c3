package io.quadric.engine.report;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.report.SurfacePicture.Axis;
import io.quadric.engine.report.SurfacePicture.Mark;
import java.awt.Color;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SurfacePictureTest {
    @TempDir
    private Path folder;

    private static SurfacePicture picture(double[][] values) {
        return new SurfacePicture("loss", new Axis("α", new double[]{-1, 0, 1}), new Axis("β", new double[]{0, 2}),
                values, List.of(new Mark("here", 0, 1)));
    }

    @Test
    void logarithmsAreInterpolated() {
        SurfacePicture picture = picture(new double[][]{{1, 100, 1}, {10, 1000, Double.NaN}});
        assertEquals(1, picture.at(0, 0), 1e-12);
        assertEquals(10, picture.at(0, 1), 1e-12);
        assertEquals(10, picture.at(0.25, 0), 1e-12);
        assertEquals(Math.pow(10, 1.5), picture.at(0.25, 0.5), 1e-9);
        assertTrue(Double.isNaN(picture.at(0.75, 0.5)));
    }

    /// Low is dark and below, what is missing is grey, and the mark is red.
    @Test
    void bandsAndMarks() throws IOException {
        Path file = folder.resolve("surface.png");
        picture(new double[][]{{1, 1, 1}, {100, 100, Double.NaN}}).write(file);
        BufferedImage image = ImageIO.read(file.toFile());
        double half = 0.5 / SurfacePicture.BANDS;
        assertEquals(ColourScale.at(half), new Color(image.getRGB(92, 50 + 557)));
        assertEquals(ColourScale.at(1 - half), new Color(image.getRGB(92, 52)));
        assertEquals(Color.LIGHT_GRAY, new Color(image.getRGB(90 + 500, 52)));
        assertEquals(Color.RED, new Color(image.getRGB(90 + 280, 50 + 280)));
    }
}
