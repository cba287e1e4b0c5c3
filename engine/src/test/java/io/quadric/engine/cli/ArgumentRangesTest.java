package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.quadric.engine.array.NdArray;
import io.quadric.engine.array.NpzFile;
import io.quadric.engine.data.DataSourceKind;
import io.quadric.engine.data.DataSources;
import io.quadric.engine.data.IdxFiles;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.InitializerKind;
import io.quadric.nn.Registries;
import io.quadric.nn.registry.RecordType;
import io.quadric.nn.registry.RecordType.Field;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every argument of data and first parameters that is a number, at the ends of its type.
class ArgumentRangesTest {
    @TempDir
    private Path temp;

    static List<InitializerKind> initializers() {
        return Registries.INITIALIZERS.all();
    }

    static List<DataSourceKind> kinds() {
        return DataSources.KINDS.all().stream()
                .filter(kind -> numbers(kind.type()).findAny().isPresent())
                .toList();
    }

    private static Stream<Field> numbers(RecordType<?> type) {
        return type.fields().stream()
                .flatMap(field -> field.type().isRecord()
                        ? numbers(new RecordType<>(field.type()))
                        : Stream.of(field))
                .filter(field -> field.type().isPrimitive() && field.type() != boolean.class
                        && field.type() != char.class);
    }

    private static void eachEnd(RecordType<?> type, String text, List<String> command) {
        assertAll(numbers(type).flatMap(field -> (field.type() == double.class ? Ends.REAL : Ends.WHOLE).stream()
                .map(value -> () -> {
                    String argument = text + "," + field.name() + "=" + value;
                    Ends.check(field.name(), value, command.stream()
                            .map(word -> word.equals("*") ? argument : word)
                            .toList());
                })));
    }

    @ParameterizedTest
    @MethodSource("initializers")
    void firstParameters(InitializerKind kind) {
        eachEnd(kind.type(), kind.name(), List.of("train", "--data", "clouds,cases=20", "--optimizer", "sgd", "--steps",
                "2", "--threads", "1", "--initialization", "*"));
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void data(DataSourceKind kind) throws IOException {
        String text = samples().get(kind.name());
        assertFalse(text == null, kind.name() + " needs data to be tried with");
        eachEnd(kind.type(), text,
                List.of("train", "--data", "*", "--optimizer", "sgd", "--batch-size", "10", "--steps",
                        "1", "--threads", "1"));
    }

    /// One of each kind of data that has an argument that is a number.
    private Map<String, String> samples() throws IOException {
        String table = "a,y\n" + "1,2\n2,1\n3,5\n".repeat(5);
        Path csv = Files.writeString(temp.resolve("t.csv"), table);
        Path libsvm = Files.writeString(temp.resolve("t.libsvm"), "1 1:2 3:1\n-1 2:1\n".repeat(8));
        Map<String, String> samples = new HashMap<>(Map.of(
                "clouds", "clouds",
                "problem", "problem:addition,length=4,cases=10,test=10",
                "curves", "curves,cases=5,test=5",
                "first", "first:clouds",
                "faces", "faces:" + faces() + ",copies=1",
                "images", "images:" + pictures()));
        samples.putAll(Map.of(
                "pictures", "pictures:" + pictures(),
                "libsvm", "libsvm:" + libsvm,
                "csv", "csv:" + csv,
                "numpy", "numpy:" + numpy(),
                "parquet", "parquet:" + parquet() + ",target=price"));
        return samples;
    }

    private Path faces() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("faces"));
        byte[] pixels = IdxFiles.count(400 * 64 * 64);
        IdxFiles.write(folder.resolve("olivetti-images-idx3-ubyte"), IdxFiles.bytes(pixels, 400, 64, 64));
        return folder;
    }

    private Path pictures() throws IOException {
        for (int i = 0; i < 16; i++) {
            Path folder = Files.createDirectories(temp.resolve("pictures").resolve(i % 2 == 0 ? "odd" : "even"));
            BufferedImage picture = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
            picture.setRGB(i % 3, i % 2, 0xffffff);
            ImageIO.write(picture, "png", folder.resolve(i + ".png").toFile());
        }
        return temp.resolve("pictures");
    }

    private Path numpy() throws IOException {
        NdArray x = NdArray.of(Matrix.zeros(Precision.FLOAT32, 12, 2));
        NdArray y = NdArray.of(Vector.of(IntStream.range(0, 12).mapToDouble(i -> i / 7.0).toArray()), 12);
        Path file = temp.resolve("t.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            NpzFile.write(out, Map.of("X", x, "y", y));
        }
        return file;
    }

    private Path parquet() throws IOException {
        try (InputStream in = ArgumentRangesTest.class.getResourceAsStream(
                "/io/quadric/engine/table/file/none.parquet")) {
            return Files.write(temp.resolve("t.parquet"), in.readAllBytes());
        }
    }
}
