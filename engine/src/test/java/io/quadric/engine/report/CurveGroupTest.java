package io.quadric.engine.report;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.report.LineChart.Line;
import io.quadric.engine.report.LineChart.Scale;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Means and deviations over runs, in numbers and as bands in pictures.
class CurveGroupTest {
    @TempDir
    private Path temp;

    /// A run that is evaluated at some steps, each of which takes as many seconds as the first loss.
    private static Curve curve(long[] steps, double... losses) {
        Curve curve = new Curve("run");
        for (int i = 0; i < steps.length; i++) {
            curve.started(
                    new Progress(steps[i], steps[i] / 2.0, steps[i] * losses[0]),
                    new Evaluation(losses[i], 0, OptionalDouble.empty(), OptionalDouble.empty()));
        }
        return curve;
    }

    @Test
    void deviationsAreThoseOfASample() {
        MeanAndDeviation spread = MeanAndDeviation.of(2, 4, 4, 4, 5, 5, 7, 9);
        assertEquals(5, spread.mean());
        assertEquals(Math.sqrt(32 / 7.0), spread.deviation(), 1e-15);
        assertEquals("5.0000 ± 2.1", spread.text(Text::number));
        assertEquals("5.0000", MeanAndDeviation.of(5).text(Text::number));
        assertEquals("300 ± 141", MeanAndDeviation.of(200, 400).text(value -> "%.0f".formatted(value)));
        assertEquals(new MeanAndDeviation(1.6, 0), MeanAndDeviation.of(1.6, 1.6, 1.6));
        assertTrue(Double.isNaN(MeanAndDeviation.of().mean()));
    }

    @Test
    void linesHaveTheStepsOfAllRuns() {
        CurveGroup group = new CurveGroup("both", List.of(
                curve(new long[]{0, 2, 3, 4}, 1, 2, 7, 3), curve(new long[]{0, 1, 2, 4, 5}, 3, 9, 8, 3, 1)));
        Line line = group.line(point -> point.at().seconds(), point -> point.evaluation().trainLoss());
        assertArrayEquals(new double[]{0, 4, 8}, line.x());
        assertArrayEquals(new double[]{2, 5, 3}, line.y());
        assertArrayEquals(new double[]{Math.sqrt(2), Math.sqrt(18), 0}, line.deviation(), 1e-15);
        assertThrows(IllegalArgumentException.class, () -> new CurveGroup("none", List.of()));
    }

    /// Pixels of the picture that are neither of the line nor of the background: a pale blue.
    private long pale(String name, Scale scale, double... deviation) throws IOException {
        Path file = temp.resolve(name + ".png");
        Line line = new Line("line", new double[]{0, 1, 2}, new double[]{4, 2, 1}, deviation);
        LineChart.png(file, List.of(new LineChart("title", "steps", "loss", scale, List.of(line))));
        var image = ImageIO.read(file.toFile());
        return IntStream.range(0, image.getWidth() * image.getHeight())
                .map(i -> image.getRGB(i % image.getWidth(), i / image.getWidth()))
                .filter(rgb -> (rgb & 0xFF) > (rgb >> 16 & 0xFF) + 30 && (rgb >> 16 & 0xFF) > 150)
                .count();
    }

    /// Also where the band reaches below what a logarithmic axis can show.
    @Test
    void bandsAreDrawnWhereThereAreDeviations() throws IOException {
        long line = pale("line", Scale.LINEAR, 0, 0, 0);
        assertTrue(line < 5000, line + " pixels");
        for (Scale scale : Scale.values()) {
            long narrow = pale("narrow", scale, 0.2, 0.2, 0.2);
            long wide = pale("wide", scale, 1.5, 1.5, 1.5);
            assertTrue(narrow > 10_000 && wide > 1.5 * narrow, scale + ": " + narrow + ", " + wide);
        }
    }
}
