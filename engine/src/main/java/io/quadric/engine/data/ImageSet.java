package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Shape;
import java.util.Optional;

/// Images of one size as bytes, with their labels where there are some.
final class ImageSet {
    /// Values of a byte.
    private static final int LABELS = 256;

    private final Shape.Image shape;
    private final byte[] pixels;
    private final Optional<Labels> labels;

    ImageSet(Shape.Image shape, byte[] pixels, Optional<Labels> labels) {
        this.shape = shape;
        this.pixels = pixels;
        this.labels = labels;
    }

    /// Labels, and the file they were read from, for messages.
    record Labels(String file, byte[] values) {
        /// The label of case `i`; there are `classes` of them.
        int get(int i, int classes) {
            int label = values[i] & 0xff;
            if (label >= classes) {
                throw new InputException(
                        file + ": label " + label + " of case " + i + ", expected 0 to " + (classes - 1));
            }
            return label;
        }
    }

    Shape.Image shape() {
        return shape;
    }

    int count() {
        return pixels.length / shape.size();
    }

    /// The images divided by `brightest`, with the targets of the task, in the order of `cases`.
    Batch batch(Task task, int[] cases, double brightest, Precision precision) {
        Matrix inputs = Matrix.zeros(precision, cases.length, shape.size());
        double[] row = new double[shape.size()];
        for (int i = 0; i < cases.length; i++) {
            int first = cases[i] * row.length;
            for (int j = 0; j < row.length; j++) {
                row[j] = (pixels[first + j] & 0xff) / brightest;
            }
            inputs.row(i).copyFrom(Vector.of(row));
        }
        return switch (task) {
            case Task.Given given ->
                throw new InputException("images have labels and no targets of their own, expected "
                        + "a model with the targets 'labels' or 'inputs'");
            case Task.Autoencoding autoencoding -> new Batch(inputs, inputs);
            case Task.Classification classification ->
                new Batch(inputs, oneHot(classification.classes(), cases, precision));
            case Task.Parity parity -> new Batch(inputs, odd(cases, precision));
        };
    }

    private Matrix odd(int[] cases, Precision precision) {
        Matrix targets = Matrix.zeros(precision, cases.length, 1);
        for (int i = 0; i < cases.length; i++) {
            targets.set(i, 0, known().get(cases[i], LABELS) % 2);
        }
        return targets;
    }

    private Labels known() {
        return labels.orElseThrow(() -> new IllegalStateException("the task needs labels"));
    }

    private Matrix oneHot(int classes, int[] cases, Precision precision) {
        Matrix targets = Matrix.zeros(precision, cases.length, classes);
        for (int i = 0; i < cases.length; i++) {
            targets.set(i, known().get(cases[i], classes), 1);
        }
        return targets;
    }
}
