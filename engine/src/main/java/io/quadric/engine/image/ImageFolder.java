package io.quadric.engine.image;

import io.quadric.engine.InputException;
import io.quadric.engine.file.HeapLimit;
import io.quadric.engine.file.Reason;
import io.quadric.engine.image.ImageRules.Colours;
import io.quadric.engine.image.ImageRules.Size;
import io.quadric.engine.table.Names;
import io.quadric.nn.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// A folder with a folder of PNG or JPEG images for each class, whose name is that of the class. Files and folders
/// whose names begin with a point are left out. Images come in the order of classes and file names.
public final class ImageFolder {
    private static final List<String> SUFFIXES = List.of(".png", ".jpg", ".jpeg");

    private ImageFolder() {}

    /// {@return whether some folder in it has an image}
    ///
    /// @param folder the path
    public static boolean isOne(Path folder) {
        return Files.isDirectory(folder) && folders(folder).stream().anyMatch(inner -> !images(inner).isEmpty());
    }

    /// Reads all images.
    ///
    /// @param folder the path
    /// @param rules size and colours
    /// @return the images; the classes are the names of the folders, sorted
    /// @throws InputException if an image cannot be read or has another size or colours than the first
    public static Images read(Path folder, ImageRules rules) {
        return read(folder, rules, folders(folder).stream().map(ImageFolder::name).toList());
    }

    /// Reads the images of known classes.
    ///
    /// @param folder the path
    /// @param rules size and colours
    /// @param classes their names, in the order of the labels
    /// @return the images
    /// @throws InputException if there is a folder of another name, or an image cannot be read or differs from the
    ///     first
    public static Images read(Path folder, ImageRules rules, List<String> classes) {
        List<Path> files = new ArrayList<>();
        List<Integer> labels = new ArrayList<>();
        for (Path inner : folders(folder)) {
            int label = classes.indexOf(name(inner));
            if (label < 0) {
                throw new InputException(inner + ": " + Names.unknown("class", name(inner), classes));
            }
            for (Path file : images(inner)) {
                files.add(file);
                labels.add(label);
            }
        }
        if (files.isEmpty()) {
            throw none(folder);
        }
        Shape.Image shape = shape(ImageFile.read(files.getFirst()), rules);
        HeapLimit.require(files.size() + " images of " + shape, (long) files.size() * shape.size(), 1);
        byte[] pixels = new byte[files.size() * shape.size()];
        for (int i = 0; i < files.size(); i++) {
            byte[] image = pixels(files.get(i), rules, shape);
            System.arraycopy(image, 0, pixels, i * image.length, image.length);
        }
        return new Images(shape, pixels, labels.stream().mapToInt(label -> label).toArray(), classes);
    }

    /// {@return what all images become}, by the first of them
    ///
    /// @param folder the path
    /// @param rules size and colours
    /// @throws InputException if there is none, or it cannot be read
    public static Shape.Image shape(Path folder, ImageRules rules) {
        Path first = folders(folder).stream()
                .flatMap(inner -> images(inner).stream())
                .findFirst()
                .orElseThrow(() -> none(folder));
        return shape(ImageFile.read(first), rules);
    }

    private static Shape.Image shape(ImageFile first, ImageRules rules) {
        Size size = rules.size().orElse(first.size());
        boolean grey = rules.colours() == Colours.GREY || (rules.colours() == Colours.AS_FIRST && first.isGrey());
        return new Shape.Image(grey ? 1 : 3, size.height(), size.width());
    }

    private static InputException none(Path folder) {
        return new InputException(folder + ": no images, expected a folder for each class with images named "
                + "*.png, *.jpg or *.jpeg");
    }

    private static byte[] pixels(Path file, ImageRules rules, Shape.Image shape) {
        ImageFile image = ImageFile.read(file);
        Size size = new Size(shape.height(), shape.width());
        boolean grey = shape.channels() == 1;
        if (rules.size().isEmpty() && !image.size().equals(size)) {
            throw new InputException(file + ": an image of " + image.size() + ", expected " + size
                    + " as the first one, or a size to be given");
        }
        if (grey && rules.colours() == Colours.AS_FIRST && !image.isGrey()) {
            throw new InputException(file + ": an image in colours, expected grey as the first one, or the colours to "
                    + "be given");
        }
        return image.scaled(size).pixels(grey);
    }

    private static String name(Path folder) {
        return folder.getFileName().toString();
    }

    private static List<Path> folders(Path folder) {
        return list(folder).stream().filter(Files::isDirectory).toList();
    }

    private static List<Path> images(Path folder) {
        return list(folder).stream()
                .filter(file -> Files.isRegularFile(file)
                        && SUFFIXES.stream().anyMatch(name(file).toLowerCase(Locale.ROOT)::endsWith))
                .toList();
    }

    private static List<Path> list(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new InputException(folder + (Files.exists(folder) ? ": not a folder" : ": no such folder")
                    + ", expected a folder for each class with images");
        }
        try (Stream<Path> inside = Files.list(folder)) {
            return inside.filter(path -> !name(path).startsWith(".")).sorted().toList();
        } catch (IOException e) {
            throw new InputException(folder + ": cannot be listed (" + Reason.of(e) + ")");
        }
    }
}
