package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.array.MatArray;
import io.quadric.engine.array.MatFile;
import io.quadric.engine.cases.Cases;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/// A folder of the cropped Street View House Numbers (Netzer et al. 2011): `train_32x32.mat` and, if there is one,
/// `test_32x32.mat`, with images `X` of 32 × 32 × 3 × N and labels `y`, of which 10 is the digit 0. Pixels are divided
/// by 255.
///
/// @param folder the path
public record SvhnFolder(Path folder) implements DataSource {
    private static final String TRAIN = "train_32x32.mat";
    private static final int SIDE = 32;
    private static final int CHANNELS = 3;
    private static final int DIGITS = 10;
    private static final double BRIGHTEST = 255;

    /// {@return whether a folder has the file to train on}
    ///
    /// @param folder the path
    static boolean isOne(Path folder) {
        return DataFiles.find(folder, TRAIN).isPresent();
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        Shape.Image shape = new Shape.Image(CHANNELS, SIDE, SIDE);
        Cases train = cases(DataFiles.require(folder, TRAIN), shape, task, precision);
        Optional<Cases> test = DataFiles.find(folder, "test_32x32.mat")
                .map(file -> cases(file, shape, task, precision));
        return new Dataset(name(), task, shape, train, test);
    }

    private static Cases cases(Path file, Shape.Image shape, Task task, Precision precision) {
        try {
            Map<String, MatArray> arrays = MatFile.read(file, Set.of("X", "y"));
            MatArray images = require(arrays, "X");
            int[] axes = images.lengths();
            boolean fits = axes.length == 4 && axes[0] == SIDE && axes[1] == SIDE && axes[2] == CHANNELS && axes[3] > 0;
            if (!fits || !images.isBytes()) {
                throw new InputException("X is no array of 32 × 32 × 3 × N bytes, expected one");
            }
            byte[] labels = labels(require(arrays, "y"), axes[3]);
            ImageSet set = new ImageSet(shape, pixels(images), Optional.of(new ImageSet.Labels(
                    file.toString(), labels)));
            return set.cases(task, IntStream.range(0, axes[3]).toArray(), BRIGHTEST, precision);
        } catch (InputException e) {
            throw e.getMessage().startsWith(file.toString()) ? e : e.at(file.toString());
        }
    }

    private static MatArray require(Map<String, MatArray> arrays, String name) {
        return Optional.ofNullable(arrays.get(name))
                .orElseThrow(() -> new InputException("no array '" + name + "', expected the arrays X and y"));
    }

    private static byte[] labels(MatArray y, int cases) {
        if (y.size() != cases) {
            throw new InputException(y.size() + " labels, expected " + cases + ", one for each image");
        }
        byte[] labels = new byte[cases];
        for (int i = 0; i < cases; i++) {
            double label = y.get(i);
            if (label != Math.rint(label) || label < 0 || label > DIGITS) {
                throw new InputException("label " + label + " of case " + i + ", expected 1 to 10");
            }
            labels[i] = (byte) (label % DIGITS);
        }
        return labels;
    }

    /// Columns of pixels become rows.
    private static byte[] pixels(MatArray images) {
        byte[] columns = images.values().bytes();
        byte[] rows = new byte[columns.length];
        for (int i = 0; i < columns.length; i++) {
            int inside = i % (SIDE * SIDE);
            rows[i - inside + inside % SIDE * SIDE + inside / SIDE] = columns[i];
        }
        return rows;
    }
}
