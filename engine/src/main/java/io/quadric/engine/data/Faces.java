package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.array.IdxReader;
import io.quadric.engine.array.IdxReader.IdxArray;
import io.quadric.engine.file.HeapLimit;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.Argument;
import java.nio.file.Path;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// The FACES data of Hinton & Salakhutdinov (2006): crops of the 400 Olivetti faces, ten of each of 40 people, of 64 ×
/// 64 pixels, in a folder with `olivetti-images-idx3-ubyte[.gz]` in the order of the people. Each image is turned by an
/// angle of −90° to 90° and enlarged by a factor of 1.4 to 1.8, 414 times with other draws; the first 25 people are to
/// train on, 103,500 images, the others to test with, 62,100 (Botev et al. 2017, A; Ren 2022, Table 2.3).
///
/// What is not published is ours: the enlarged and turned image is cut to 64 × 64 pixels around its middle, and a
/// pixel of the crop's 25 × 25 is the mean of four values interpolated linearly between pixels, outside the image those
/// of its border. Then every pixel is shifted to mean zero over the training crops, and all are divided by one number,
/// so that the pixels' mean variance is 1.
///
/// By name: the folder, or `faces:` with the folder and after commas `copies=` and `seed=`.
///
/// @param folder the path
/// @param copies crops of every image
/// @param seed decides angles and factors
public record Faces(
        Path folder, @Argument(otherwise = "414") int copies, @Argument(otherwise = "1") long seed)
        implements DataSource {
    private static final String IMAGES = "olivetti-images-idx3-ubyte";
    private static final int COUNT = 400;
    private static final int TRAINING = 250;
    private static final int SIDE = 64;
    private static final int CROP = 25;
    private static final double BRIGHTEST = 255;
    private static final double LEAST_FACTOR = 1.4;
    private static final double LARGEST_FACTOR = 1.8;
    /// Places of the values that are averaged, in pixels of the crop.
    private static final double[] PLACES = {-0.25, 0.25};

    /// Checks the number.
    ///
    /// @throws InputException if there are no copies
    public Faces {
        if (copies < 1) {
            throw new InputException("faces: copies=" + copies + ", expected at least 1");
        }
    }

    /// Whether a folder has the file.
    static boolean isOne(Path folder) {
        return DataFiles.find(folder, IMAGES).isPresent();
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        if (!(task instanceof Task.Autoencoding)) {
            throw new InputException("faces have no classes here, expected a model with the targets 'inputs'");
        }
        Path file = DataFiles.find(folder, IMAGES).orElseThrow(
                () -> new InputException(folder + ": no such file " + IMAGES + ", expected it plain or as .gz"));
        IdxArray images = IdxReader.read(file, 3);
        int[] lengths = images.lengths();
        if (lengths[0] != COUNT || lengths[1] != SIDE || lengths[2] != SIDE) {
            throw new InputException(file + ": " + lengths[0] + " images of " + lengths[1] + " × " + lengths[2]
                    + " pixels, expected " + COUNT + " of " + SIDE + " × " + SIDE);
        }
        return crops(images.values(), task, precision);
    }

    private Dataset crops(byte[] images, Task task, Precision precision) {
        RandomGenerator random = RandomGeneratorFactory.of("L64X128MixRandom").create(seed);
        HeapLimit.require("faces: copies=" + copies, (long) COUNT * copies * CROP * CROP, precision.bytes());
        Matrix train = Matrix.zeros(precision, TRAINING * copies, CROP * CROP);
        Matrix test = Matrix.zeros(precision, (COUNT - TRAINING) * copies, CROP * CROP);
        Moments moments = new Moments(CROP * CROP);
        for (int i = 0; i < COUNT * copies; i++) {
            double[] crop = crop(images, i / copies, random);
            boolean trains = i < train.rows();
            if (trains) {
                moments.add(crop);
            }
            (trains ? train.row(i) : test.row(i - train.rows())).copyFrom(Vector.of(crop));
        }
        moments.standardise(train);
        moments.standardise(test);
        return new Dataset(name(), task, new Shape.Image(1, CROP, CROP), new Batch(train, train),
                Optional.of(new Batch(test, test)));
    }

    private static double[] crop(byte[] images, int face, RandomGenerator random) {
        double angle = random.nextDouble(-Math.PI / 2, Math.PI / 2);
        double pixel = SIDE / (CROP * random.nextDouble(LEAST_FACTOR, LARGEST_FACTOR));
        double cos = pixel * Math.cos(angle);
        double sin = pixel * Math.sin(angle);
        double[] crop = new double[CROP * CROP];
        for (int i = 0; i < crop.length; i++) {
            double mean = 0;
            for (int place = 0; place < 4; place++) {
                double x = i % CROP - (CROP - 1) / 2.0 + PLACES[place % 2];
                double y = i / CROP - (CROP - 1) / 2.0 + PLACES[place / 2];
                mean += at(images, face, cos * x - sin * y, sin * x + cos * y) / 4;
            }
            crop[i] = mean;
        }
        return crop;
    }

    /// The brightness at a place that is given by its distance from the image's middle, in pixels.
    private static double at(byte[] images, int face, double x, double y) {
        double column = Math.clamp(x + (SIDE - 1) / 2.0, 0, SIDE - 1);
        double row = Math.clamp(y + (SIDE - 1) / 2.0, 0, SIDE - 1);
        int left = Math.min((int) column, SIDE - 2);
        int top = Math.min((int) row, SIDE - 2);
        double u = column - left;
        double v = row - top;
        int first = (face * SIDE + top) * SIDE + left;
        return (1 - v) * ((1 - u) * brightness(images, first) + u * brightness(images, first + 1))
                + v * ((1 - u) * brightness(images, first + SIDE) + u * brightness(images, first + SIDE + 1));
    }

    private static double brightness(byte[] images, int index) {
        return (images[index] & 0xff) / BRIGHTEST;
    }

    /// Sums and sums of squares of every pixel.
    private static final class Moments {
        private final double[] sum;
        private final double[] squares;
        private int count;

        Moments(int pixels) {
            sum = new double[pixels];
            squares = new double[pixels];
        }

        void add(double[] image) {
            count++;
            for (int i = 0; i < image.length; i++) {
                sum[i] += image[i];
                squares[i] += image[i] * image[i];
            }
        }

        /// x ← (x − mean) / √(mean variance)
        void standardise(Matrix images) {
            double[] mean = new double[sum.length];
            double variance = 0;
            for (int i = 0; i < mean.length; i++) {
                mean[i] = sum[i] / count;
                variance += (squares[i] / count - mean[i] * mean[i]) / mean.length;
            }
            double scale = variance > 0 ? 1 / Math.sqrt(variance) : 1;
            Vector shift = Vector.zeros(images.precision(), mean.length);
            shift.copyFrom(Vector.of(mean));
            for (int i = 0; i < images.rows(); i++) {
                images.row(i).axpby(-scale, shift, scale);
            }
        }
    }
}
