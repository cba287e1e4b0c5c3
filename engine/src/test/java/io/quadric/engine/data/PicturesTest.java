package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The rendered curves and the crops of faces.
class PicturesTest {
    private static Dataset load(String name) {
        return DataSource.named(name).load(new Task.Autoencoding(), Precision.FLOAT64);
    }

    /// As drawn by a plain search for the nearest of many points, a curve is as long as its ink: the sum of the ink
    /// over the length of the curve is that of a cross-section, σ√(2π), but for bends, ends and crossings.
    @Test
    void curvesHaveInkWithinTheImage() {
        Dataset curves = load("curves,cases=50,test=5,seed=3");
        assertEquals(new Shape.Image(1, 28, 28), curves.shape());
        assertEquals(50, curves.train().cases());
        for (int i = 0; i < 50; i++) {
            double[] image = curves.train().batch().inputs().row(i).toArray();
            double sum = 0;
            double largest = 0;
            for (double ink : image) {
                assertTrue(ink >= 0 && ink <= 1, () -> "ink " + ink);
                sum += ink;
                largest = Math.max(largest, ink);
            }
            assertTrue(largest > 0.6 && sum > 3 && sum < 250, "largest " + largest + ", sum " + sum);
        }
    }

    @Test
    void theSeedDecidesTheCurves() {
        assertArrayEquals(first(load("curves,cases=3,test=1,seed=8")), first(load("curves,cases=2,test=2,seed=8")));
        assertTrue(differ(first(load("curves,cases=1,test=1,seed=8")), first(load("curves,cases=1,test=1,seed=9"))));
        assertEquals("curves,cases=20000,test=10000,seed=1", DataSource.named("curves").name());
    }

    private static double[] first(Dataset data) {
        return data.train().batch().inputs().row(0).toArray();
    }

    private static boolean differ(double[] a, double[] b) {
        double difference = 0;
        for (int i = 0; i < a.length; i++) {
            difference += Math.abs(a[i] - b[i]);
        }
        return difference > 1;
    }

    /// A face that is a slope of brightness stays one after turning and enlarging: the crop is linear in the place, and
    /// so are its differences equal.
    @Test
    void cropsAreTurnedAndEnlargedAndStandardised(@TempDir Path folder) throws IOException {
        byte[] images = new byte[400 * 64 * 64];
        for (int i = 0; i < images.length; i++) {
            images[i] = (byte) (2 * (i % 64));
        }
        IdxFiles.write(folder.resolve("olivetti-images-idx3-ubyte"), IdxFiles.bytes(images, 400, 64, 64));
        Dataset faces = load("faces:" + folder + ",copies=2,seed=5");
        assertEquals(500, faces.train().cases());
        assertEquals(300, faces.test().orElseThrow().cases());
        Matrix x = faces.train().batch().inputs();
        double variance = 0;
        for (int j = 0; j < 625; j++) {
            double sum = 0;
            for (int i = 0; i < 500; i++) {
                sum += x.get(i, j);
                variance += x.get(i, j) * x.get(i, j) / (500 * 625);
            }
            assertEquals(0, sum, 1e-9);
        }
        assertEquals(1, variance, 1e-12);
        assertEquals(contrast(x, 0, 12 * 25 + 11), contrast(x, 0, 7 * 25 + 14), 1e-9);
        assertTrue(Math.abs(contrast(x, 0, 0) - contrast(x, 1, 0)) > 1e-6);
    }

    /// The difference of two neighbours, less that of the same pixels in the next image, so without the shift.
    private static double contrast(Matrix x, int image, int pixel) {
        return x.get(image, pixel + 1) - x.get(image, pixel) - x.get(image + 1, pixel + 1) + x.get(image + 1, pixel);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            curves,cases=0 | curves: 0 cases and 10000 test cases, expected at least 1 of each
            curves,size=3 | 'size=3' in 'curves,size=3', expected one of cases=, seed=, test=
            faces:nowhere | nowhere: no such file olivetti-images-idx3-ubyte
            faces:nowhere,copies=0 | faces: copies=0, expected at least 1
            """)
    void badNamesAreRefused(String name, String complaint) {
        String message = assertThrows(InputException.class, () -> load(name)).getMessage();
        assertTrue(message.contains(complaint), message);
    }

    @Test
    void oddLabelsAreOne() {
        Dataset digits = new Digits().load(new Task.Parity(), Precision.FLOAT32);
        Dataset classes = new Digits().load(new Task.Classification(10), Precision.FLOAT32);
        for (int i = 0; i < 100; i++) {
            int row = i;
            double odd = IntStream.range(0, 10)
                    .mapToDouble(label -> label % 2 * classes.train().batch().targets().get(row, label))
                    .sum();
            assertEquals(odd, digits.train().batch().targets().get(i, 0));
        }
    }
}
