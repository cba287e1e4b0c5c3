package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.file.HeapLimit;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.Argument;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.random.RandomGeneratorFactory;

/// Images of smooth curves, the CURVES data of Hinton & Salakhutdinov (2006) in our own rendering, since the original
/// one's details are unpublished: three points p₀, p₁, p₂ are drawn uniformly in the plane of 28 × 28 pixels, two
/// pixels off its border; the curve is the parabola through them with p₁ in its middle,
/// p(t) = (1−t)(1−2t)p₀ + 4t(1−t)p₁ + t(2t−1)p₂; curves that leave the image are drawn anew. The ink of a pixel at
/// distance d from the curve is exp(−d²/2σ²), σ = 0.7 pixels. So six numbers decide an image.
///
/// By name: `curves`, with 20,000 cases to train on and 10,000 to test with as published, and after commas `cases=`,
/// `test=` and `seed=`.
///
/// @param cases to train on
/// @param test cases to test with
/// @param seed decides all of them
public record Curves(
        @Argument(otherwise = "20000") int cases,
        @Argument(otherwise = "10000") int test,
        @Argument(otherwise = "1") long seed)
        implements DataSource {
    private static final int SIDE = 28;
    private static final int MARGIN = 2;
    private static final double WIDTH = 0.7;
    /// Points of a curve, closer than a quarter of a pixel on the longest one that fits.
    private static final int POINTS = 400;
    /// Beyond so many pixels there is no ink.
    private static final int REACH = 3;

    /// Checks the sizes.
    ///
    /// @throws InputException if a number of cases is below 1
    public Curves {
        if (cases < 1 || test < 1) {
            throw new InputException(
                    "curves: " + cases + " cases and " + test + " test cases, expected at least 1 of each");
        }
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        if (!(task instanceof Task.Autoencoding)) {
            throw new InputException("curves have no labels, expected a model with the targets 'inputs'");
        }
        Batch training = draw(name(), cases, RandomGeneratorFactory.of("L64X128MixRandom").create(seed), precision);
        Batch testing = draw(name(), test, RandomGeneratorFactory.of("L64X128MixRandom").create(~seed), precision);
        return new Dataset(name(), task, new Shape.Image(1, SIDE, SIDE), training, Optional.of(testing));
    }

    private static Batch draw(String name, int count, RandomGenerator random, Precision precision) {
        HeapLimit.require(name, (long) count * SIDE * SIDE, precision.bytes());
        Matrix images = Matrix.zeros(precision, count, SIDE * SIDE);
        for (int i = 0; i < count; i++) {
            double[][] curve = curve(random);
            while (!fits(curve)) {
                curve = curve(random);
            }
            images.row(i).copyFrom(Vector.of(ink(curve)));
        }
        return new Batch(images, images);
    }

    /// Points of a curve, x and y each.
    private static double[][] curve(RandomGenerator random) {
        double[][] control = new double[3][2];
        for (double[] point : control) {
            point[0] = random.nextDouble(MARGIN, SIDE - MARGIN);
            point[1] = random.nextDouble(MARGIN, SIDE - MARGIN);
        }
        double[][] points = new double[POINTS][2];
        for (int i = 0; i < POINTS; i++) {
            double t = i / (POINTS - 1.0);
            for (int axis = 0; axis < 2; axis++) {
                points[i][axis] = (1 - t) * (1 - 2 * t) * control[0][axis] + 4 * t * (1 - t) * control[1][axis]
                        + t * (2 * t - 1) * control[2][axis];
            }
        }
        return points;
    }

    private static boolean fits(double[][] curve) {
        for (double[] point : curve) {
            if (Math.min(point[0], point[1]) < 0 || Math.max(point[0], point[1]) > SIDE) {
                return false;
            }
        }
        return true;
    }

    private static double[] ink(double[][] curve) {
        double[] image = new double[SIDE * SIDE];
        for (double[] point : curve) {
            int left = Math.max(0, (int) point[0] - REACH);
            int right = Math.min(SIDE - 1, (int) point[0] + REACH);
            int top = Math.max(0, (int) point[1] - REACH);
            int bottom = Math.min(SIDE - 1, (int) point[1] + REACH);
            for (int pixel = 0; pixel < (right - left + 1) * (bottom - top + 1); pixel++) {
                int x = left + pixel % (right - left + 1);
                int y = top + pixel / (right - left + 1);
                double dx = x + 0.5 - point[0];
                double dy = y + 0.5 - point[1];
                double ink = Math.exp(-(dx * dx + dy * dy) / (2 * WIDTH * WIDTH));
                image[y * SIDE + x] = Math.max(image[y * SIDE + x], ink);
            }
        }
        return image;
    }
}
