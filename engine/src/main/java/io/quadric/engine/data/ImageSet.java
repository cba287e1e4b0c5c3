package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.ByteCases;
import io.quadric.engine.cases.CaseForm;
import io.quadric.engine.cases.Cases;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
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
    Cases cases(Task task, int[] cases, double brightest, Precision precision) {
        Optional<Matrix> targets = switch (task) {
            case Task.Given given ->
                throw new InputException("images have labels and no targets of their own, expected "
                        + "a model with the targets 'labels' or 'inputs'");
            case Task.Autoencoding autoencoding -> Optional.empty();
            case Task.Classification classification ->
                Optional.of(oneHot(classification.classes(), cases, precision));
            case Task.Parity parity -> Optional.of(odd(cases, precision));
        };
        CaseForm form = new CaseForm(precision, shape.size(), targets.map(Matrix::columns).orElse(shape.size()),
                targets.isEmpty());
        return new ByteCases(pixels, cases, form, brightest, targets);
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
