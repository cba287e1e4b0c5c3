package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.array.IdxReader;
import io.quadric.engine.array.IdxReader.IdxArray;
import io.quadric.engine.cases.Cases;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A folder in the MNIST format: `train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and, for the test part, the same
/// with `t10k`; each plain or with `.gz`, of which the plain one is taken where both are there, and also with a point
/// before `idx`. Pixels are divided by 255.
///
/// The test part may be missing. Labels may be missing for autoencoding; where they are there, they are checked.
///
/// @param folder the path
public record IdxFolder(Path folder) implements DataSource {
    private static final String IMAGES = "-images-idx3-ubyte";
    private static final String LABELS = "-labels-idx1-ubyte";
    private static final double BRIGHTEST = 255;

    /// {@return whether a folder has one of the files}
    ///
    /// @param folder the path
    static boolean isOne(Path folder) {
        return Stream.of("train" + IMAGES, "train" + LABELS, "t10k" + IMAGES, "t10k" + LABELS)
                .anyMatch(name -> DataFiles.find(folder, name).isPresent());
    }

    @Override
    public String name() {
        return folder.toString();
    }

    @Override
    public Dataset load(Task task, Precision precision) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + (Files.exists(folder) ? ": not a folder" : ": no such folder")
                    + ", " + DataSources.expected(folder.toString()));
        }
        ImageSet train = part("train", task);
        Optional<ImageSet> test = find("t10k" + IMAGES).isPresent() || find("t10k" + LABELS).isPresent()
                ? Optional.of(part("t10k", task))
                : Optional.empty();
        test.ifPresent(part -> requireShape(part.shape(), train.shape()));
        return new Dataset(
                name(), task, train.shape(), cases(train, task, precision), test.map(t -> cases(t, task, precision)));
    }

    private void requireShape(Shape test, Shape train) {
        if (!test.equals(train)) {
            throw new InputException(folder + ": test images are " + test + ", expected " + train + " as for training");
        }
    }

    private static Cases cases(ImageSet images, Task task, Precision precision) {
        return images.cases(task, IntStream.range(0, images.count()).toArray(), BRIGHTEST, precision);
    }

    private ImageSet part(String prefix, Task task) {
        Path imageFile = require(prefix + IMAGES);
        Optional<Path> labelFile = find(prefix + LABELS);
        if (labelFile.isEmpty() && !(task instanceof Task.Autoencoding)) {
            require(prefix + LABELS);
        }
        IdxArray images = IdxReader.read(imageFile, 3);
        int[] lengths = images.lengths();
        return new ImageSet(
                new Shape.Image(1, lengths[1], lengths[2]), images.values(), labelFile.map(f -> labels(f, lengths[0])));
    }

    private static ImageSet.Labels labels(Path file, int images) {
        IdxArray labels = IdxReader.read(file, 1);
        if (labels.lengths()[0] != images) {
            throw new InputException(
                    file + ": " + labels.lengths()[0] + " labels, expected " + images + ", one for each image");
        }
        return new ImageSet.Labels(file.toString(), labels.values());
    }

    private Optional<Path> find(String name) {
        return DataFiles.find(folder, name);
    }

    private Path require(String name) {
        return DataFiles.require(folder, name);
    }
}
