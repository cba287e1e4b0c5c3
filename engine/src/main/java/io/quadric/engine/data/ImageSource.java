package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.image.ImageFolder;
import io.quadric.engine.image.ImageRules;
import io.quadric.engine.image.ImageRules.Colours;
import io.quadric.engine.image.ImageRules.Size;
import io.quadric.engine.image.Images;
import io.quadric.engine.prepare.Scaling;
import io.quadric.engine.table.CategoricalColumn;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.Schema;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.registry.Argument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// A folder with a folder of PNG or JPEG images for each class; or with such folders called `train` and `validation`,
/// `valid`, `val` or `test`. Pixels are divided by 255.
///
/// @param folder the path
/// @param height that images are scaled to; 0 if all have one size
/// @param width that images are scaled to; 0 if all have one size
/// @param colours the channels
/// @param rules how the table becomes cases
public record ImageSource(
        Path folder,
        @Argument(otherwise = "0") int height,
        @Argument(otherwise = "0") int width,
        @Argument(otherwise = "as-first") Colours colours,
        TableRules rules)
        implements TabularSource {
    private static final String CLASS = "class";
    private static final List<String> OTHERS = List.of("validation", "valid", "val", "test");
    private static final float BRIGHTEST = 255;

    /// {@return whether a folder is one of images}
    ///
    /// @param folder the path
    static boolean isOne(Path folder) {
        return ImageFolder.isOne(folder) || ImageFolder.isOne(folder.resolve("train"));
    }

    /// Checks the size.
    ///
    /// @throws IllegalArgumentException if one of the lengths is given and they are out of range
    public ImageSource {
        size(height, width);
    }

    private static Optional<Size> size(int height, int width) {
        return height == 0 && width == 0 ? Optional.empty() : Optional.of(new Size(height, width));
    }

    private Path training() {
        Path train = folder.resolve("train");
        return ImageFolder.isOne(train) ? train : folder;
    }

    private ImageRules images() {
        return new ImageRules(size(height, width), colours);
    }

    @Override
    public Table read() {
        Images images = ImageFolder.read(training(), images());
        return table(images);
    }

    private static Table table(Images images) {
        float[] values = new float[images.pixels().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = (images.pixels()[i] & 0xff) / BRIGHTEST;
        }
        return Table.of(Matrix.of(images.labels().length, images.shape().size(), values))
                .with(CLASS, ColumnRole.TARGET, CategoricalColumn.of(images.classes(), images.labels()));
    }

    @Override
    public Table read(Schema schema) {
        Table table = table(ImageFolder.read(ImageFolder.isOne(folder) ? folder : training(), images()));
        return table.only(schema);
    }

    @Override
    public Optional<Table> validation(Schema schema) {
        if (training().equals(folder)) {
            return Optional.empty();
        }
        return OTHERS.stream()
                .map(folder::resolve)
                .filter(Files::isDirectory)
                .findFirst()
                .map(other -> table(ImageFolder.read(other, images())).only(schema));
    }

    @Override
    public Scaling scaling() {
        return Scaling.NONE;
    }

    /// The shape of the first image, to which all others are equal.
    @Override
    public Shape shape(int inputs) {
        Shape.Image image = ImageFolder.shape(training(), images());
        if (image.size() != inputs) {
            throw new InputException(folder + ": images of " + image + ", expected " + inputs + " pixels");
        }
        return image;
    }

    @Override
    public String description() {
        return folder.toString();
    }
}
