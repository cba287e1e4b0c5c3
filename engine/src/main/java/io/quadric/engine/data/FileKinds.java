package io.quadric.engine.data;

import io.quadric.engine.InputException;
import io.quadric.engine.file.Input;
import io.quadric.engine.table.file.ParquetFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;

/// What a file is, by its beginning.
final class FileKinds {
    private static final int BEGINNING = 1 << 16;
    private static final Pattern LIBSVM = Pattern.compile("[^\\s:,]+(\\s+\\d+:[^\\s:,]+)+\\s*(#.*)?");

    private FileKinds() {}

    /// A file, or the standard input.
    static Input input(Path file) {
        return file.toString().equals(Input.STANDARD) ? Input.standard() : Input.of(file);
    }

    static boolean isParquet(Path file) {
        return Files.isRegularFile(file) && ParquetFile.isOne(file);
    }

    /// An array, or an archive with the usual suffix.
    static boolean isNumpy(Path file) {
        return beginsWith(file, "\u0093NUMPY") || (beginsWith(file, "PK") && file.toString().endsWith(".npz"));
    }

    static boolean beginsWith(Path file, String magic) {
        if (!Files.isRegularFile(file)) {
            return false;
        }
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(magic.length()), StandardCharsets.ISO_8859_1).equals(magic);
        } catch (IOException e) {
            return false;
        }
    }

    /// The first line that is neither empty nor a remark has a label and at least one index:value.
    static boolean isLibsvm(Path file) {
        return Files.isRegularFile(file) && beginning(file).lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                .findFirst()
                .filter(line -> LIBSVM.matcher(line).matches())
                .isPresent();
    }

    private static String beginning(Path file) {
        try {
            byte[] bytes = Input.of(file).read("a text", in -> in.readNBytes(BEGINNING));
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (InputException e) {
            return "";
        }
    }

    /// The standard input, or any file that is not known to be something else.
    static boolean isText(Path file) {
        return file.toString().equals(Input.STANDARD) || Files.isReadable(file) && !Files.isDirectory(file);
    }
}
