package io.quadric.engine.experiment.measure;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.InputMap;
import io.quadric.engine.data.Dataset;
import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.Shape;

/// Larger images: a border of zeros around them.
final class Padding {
    private Padding() {}

    /// {@return the data set with larger images}
    ///
    /// @param data images
    /// @param margin pixels on every side
    /// @throws InputException if the cases are no images
    static Dataset zeros(Dataset data, int margin) {
        if (!(data.shape() instanceof Shape.Image image)) {
            throw new InputException("a border is put around images, the data set " + data.name() + " has "
                    + data.shape() + ", expected images");
        }
        Border border = new Border(image, margin);
        return data.with(border.larger(), data.train().mapped(border), data.test().map(test -> test.mapped(border)));
    }

    /// @param image without the border
    /// @param margin its width
    private record Border(Shape.Image image, int margin) implements InputMap {
        Shape.Image larger() {
            return new Shape.Image(image.channels(), image.height() + 2 * margin, image.width() + 2 * margin);
        }

        @Override
        public int width() {
            return larger().size();
        }

        @Override
        public void apply(Matrix from, Matrix to) {
            to.fill(0);
            for (int i = 0; i < from.rows(); i++) {
                for (int line = 0; line < image.channels() * image.height(); line++) {
                    int at = line / image.height() * larger().height() + margin + line % image.height();
                    int first = at * larger().width() + margin;
                    to.row(i).slice(first, first + image.width())
                            .copyFrom(from.row(i).slice(line * image.width(), (line + 1) * image.width()));
                }
            }
        }
    }
}
