package io.quadric.engine.data;

import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;
import java.util.zip.GZIPInputStream;

/// The embedded digits: 1,797 images of 8 × 8 pixels in 10 classes, values 0 … 16 scaled to [0, 1]. 1,497 cases to
/// train on and 300 to test with, split by a fixed permutation.
///
/// They are the test part of *Optical Recognition of Handwritten Digits* by E. Alpaydin and C. Kaynak (UCI Machine
/// Learning Repository), CC BY 4.0.
public record Digits() implements DataSource {
    private static final String FILE = "digits.csv.gz";
    private static final Shape.Image SHAPE = new Shape.Image(1, 8, 8);
    private static final double BRIGHTEST = 16;
    private static final int TEST_CASES = 300;
    private static final long SPLIT_SEED = 1797;

    @Override
    public Dataset load(Task task, Precision precision) {
        ImageSet images = read();
        int[] order = permutation(images.count());
        int split = order.length - TEST_CASES;
        int[] train = Arrays.copyOfRange(order, 0, split);
        int[] test = Arrays.copyOfRange(order, split, order.length);
        return new Dataset(
                name(),
                task,
                SHAPE,
                images.cases(task, train, BRIGHTEST, precision),
                Optional.of(images.cases(task, test, BRIGHTEST, precision)));
    }

    private static int[] permutation(int n) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(SPLIT_SEED);
        int[] order = new int[n];
        for (int i = 0; i < n; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }

    /// Each line has the pixels, row by row, and the label.
    private static ImageSet read() {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        try (InputStream resource = Digits.class.getResourceAsStream(FILE);
                BufferedReader lines = new BufferedReader(
                        new InputStreamReader(new GZIPInputStream(resource), StandardCharsets.US_ASCII))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                String[] values = line.split(",");
                for (int i = 0; i < SHAPE.size(); i++) {
                    pixels.write(Integer.parseInt(values[i]));
                }
                labels.write(Integer.parseInt(values[SHAPE.size()]));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        ImageSet.Labels known = new ImageSet.Labels(FILE, labels.toByteArray());
        return new ImageSet(SHAPE, pixels.toByteArray(), Optional.of(known));
    }
}
