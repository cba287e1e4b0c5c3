package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.array.NdArray;
import io.quadric.engine.array.NpyFile;
import io.quadric.engine.array.NpzFile;
import io.quadric.engine.prepare.ClassTarget;
import io.quadric.engine.prepare.NumberTarget;
import io.quadric.engine.table.ColumnRole;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.layer.Shape;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TabularSourceTest {
    @TempDir
    private Path temp;

    private Path write(String name, String text) throws IOException {
        return Files.writeString(temp.resolve(name), text);
    }

    private static String rows(String row, int count) {
        return IntStream.range(0, count).mapToObj(i -> row.replace("#", Integer.toString(i))
                .replace("@", Integer.toString(i % 3))).collect(Collectors.joining("\n", "", "\n"));
    }

    private static Dataset load(DataSource source) {
        return source.load(new Task.Given(), Precision.FLOAT64);
    }

    @Test
    void filesAreKnownByTheirContent() throws IOException {
        assertInstanceOf(CsvSource.class, DataSource.named(write("t.data", "a,b\n1,2\n").toString()));
        assertInstanceOf(LibsvmSource.class, DataSource.named(write("t.txt", "# x\n\n+1 1:2 7:0.5\n").toString()));
        assertInstanceOf(CsvSource.class, DataSource.named(write("times", "a b\n1 10:30\n").toString()));
        assertInstanceOf(CsvSource.class, DataSource.named("-"));
        assertEquals("csv:-", DataSource.named("-").name());
        Path array = temp.resolve("x.npy");
        try (OutputStream out = Files.newOutputStream(array)) {
            NpyFile.write(out, NdArray.of(Matrix.of(new double[][]{{1, 2}, {3, 4}})));
        }
        assertInstanceOf(NumpySource.class, DataSource.named(array.toString()));
    }

    /// The text by which a checkpoint finds its data again.
    @Test
    void theNameOfATableHasItsArguments() throws IOException {
        Path file = write("t.csv", "a,b,c\n1,2,x\n3,4,y\n");
        DataSource source = DataSource.named(file.toString(),
                Map.of("target", "c", "ignore", "b", "separator", "comma"));
        assertEquals("csv:" + file + ",separator=comma,target=c,ignore=b", source.name());
        assertEquals(source, DataSource.named(source.name()));
        String message = assertThrows(InputException.class,
                () -> DataSource.named(file.toString(), Map.of("copies", "3"))).getMessage();
        assertTrue(message.startsWith("'copies=3' for data of the kind csv, expected one of balanced=, "), message);
    }

    @Test
    void aTableIsSplitByItsSeedWithTheSharesOfItsClasses() throws IOException {
        Path file = write("t.csv", "a,label\n" + rows("#,k@", 30));
        OpenTable open = (OpenTable) DataSource.named(file.toString()).opened();
        Dataset data = load(open);
        assertEquals(24, data.train().cases());
        assertEquals(6, data.test().orElseThrow().cases());
        double[][] targets = data.test().get().batch().targets().toArray();
        for (int k = 0; k < 3; k++) {
            int column = k;
            assertEquals(2, IntStream.range(0, 6).mapToDouble(i -> targets[i][column]).sum());
        }
        assertArrayEquals(data.train().batch().inputs().toArray(),
                load(DataSource.named(open.name())).train().batch().inputs().toArray());
        Dataset other = load(DataSource.named(file.toString(), Map.of("splitSeed", "2", "validation", "0.5")));
        assertEquals(15, other.train().cases());
        assertTrue(load(DataSource.named(file.toString(), Map.of("validation", "0"))).test().isEmpty());
        assertSame(open, open.opened());
    }

    @Test
    void theTaskMustFitTheTarget() throws IOException {
        Path file = write("t.csv", "a,label\n" + rows("#,k@", 30));
        DataSource source = DataSource.named(file.toString()).opened();
        Dataset labels = source.load(new Task.Classification(3), Precision.FLOAT32);
        assertEquals(0, labels.criterion().orElseThrow().failures(labels.train().batch().targets(),
                labels.train().batch().targets()));
        Dataset same = source.load(new Task.Autoencoding(), Precision.FLOAT32);
        assertSame(same.train().batch().inputs(), same.train().batch().targets());
        assertThrows(InputException.class, () -> source.load(new Task.Classification(4), Precision.FLOAT32));
        assertThrows(InputException.class, () -> source.load(new Task.Parity(), Precision.FLOAT32));
        Path none = write("none.csv", "a,b\n1,2\n3,4\n");
        assertEquals(none + ": no column is the target, expected target= with one of a, b",
                assertThrows(InputException.class, () -> DataSource.named(none.toString()).opened()).getMessage());
    }

    @Test
    void libsvmIsReadForAModelWithItsFeatures() throws IOException {
        Path file = write("t", rows("@ 1:# 3:2", 9));
        LibsvmSource source = (LibsvmSource) DataSource.named(file.toString());
        Table table = source.read();
        Table wider = Table.of(new double[1][5]);
        assertThrows(InputException.class, () -> source.read(wider.schema()));
        assertEquals(table.schema().only(ColumnRole.FEATURE),
                source.read(table.schema().only(ColumnRole.FEATURE)).schema());
        assertEquals(List.of("0", "1", "2"),
                ((ClassTarget) source.opened().prepared().preparation().target()).classes());
        double[] first = load(source).train().batch().inputs().columns(0, 1).copy().flat().toArray();
        assertTrue(IntStream.range(0, first.length).allMatch(i -> first[i] >= 0 && first[i] <= 1));
    }

    private Path npz(Map<String, NdArray> arrays) throws IOException {
        Path file = temp.resolve("t.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            NpzFile.write(out, arrays);
        }
        return file;
    }

    @Test
    void archivesHaveFeaturesTargetsAndPerhapsATestPart() throws IOException {
        Map<String, NdArray> arrays = new LinkedHashMap<>();
        arrays.put("x_train", NdArray.of(Vector.of(IntStream.range(0, 24).asDoubleStream().toArray()), 6, 2, 2));
        arrays.put("y_train", NdArray.of(Vector.of(0.0, 1, 0, 1, 0, 1), 6));
        Path file = npz(arrays);
        assertEquals(5, load(DataSource.named(file.toString())).train().cases());
        arrays.put("x_test", NdArray.of(Vector.of(1.0, 2, 3, 4), 1, 2, 2));
        arrays.put("y_test", NdArray.of(Vector.of(1.0), 1));
        npz(arrays);
        Dataset data = load(DataSource.named(file.toString(), Map.of("shape", "image")));
        assertEquals(new Shape.Image(1, 2, 2), data.shape());
        assertEquals(6, data.train().cases());
        assertArrayEquals(new double[]{1, 2, 3, 4}, data.test().orElseThrow().batch().inputs().row(0).toArray());
        assertEquals(new Shape.Sequence(2, 2),
                load(DataSource.named(file.toString(), Map.of("shape", "sequence"))).shape());
        arrays.put("y_train", NdArray.of(Vector.of(0.0, 1), 2));
        npz(arrays);
        assertThrows(InputException.class, () -> DataSource.named(file.toString()).opened());
        Path other = npz(Map.of("weights", arrays.get("x_test")));
        String message = assertThrows(InputException.class, () -> DataSource.named(other.toString()).opened())
                .getMessage();
        assertTrue(message.contains("no array of features among weights, expected one of X, x"), message);
    }

    @Test
    void aFolderOfImagesKeepsItsShapeAndItsPartToValidateWith() throws IOException {
        for (String part : List.of("train/cat/1", "train/cat/2", "train/ant/1", "test/ant/1")) {
            Path file = temp.resolve(part + ".png");
            Files.createDirectories(file.getParent());
            BufferedImage image = new BufferedImage(3, 2, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSample(0, 0, 0, 51);
            ImageIO.write(image, "png", file.toFile());
        }
        DataSource source = DataSource.named(temp.toString());
        Dataset data = load(source);
        assertInstanceOf(ImageSource.class, source);
        assertEquals(new Shape.Image(1, 2, 3), data.shape());
        assertEquals(3, data.train().cases());
        assertEquals(0.2, data.test().orElseThrow().batch().inputs().get(0, 0), 1e-7);
        assertArrayEquals(new double[]{1, 0}, data.test().get().batch().targets().row(0).toArray());
        assertEquals(new Shape.Image(3, 4, 4), load(DataSource.named(temp.toString(),
                Map.of("height", "4", "width", "4", "colours", "rgb"))).shape());
    }

    @Test
    void imagesOfMnistAreFoundByTheNamesThatArchiversLeave() throws IOException {
        IdxFiles.folder(temp, 4, 2);
        for (String name : List.of("train-images", "train-labels", "t10k-images", "t10k-labels")) {
            String kind = name.endsWith("images") ? "idx3-ubyte" : "idx1-ubyte";
            Files.move(temp.resolve(name + "-" + kind), temp.resolve(name + "." + kind));
        }
        assertEquals(4,
                DataSource.named(temp.toString()).load(new Task.Classification(2), Precision.FLOAT32).train().cases());
    }

    /// One target for two classes, as a logistic output wants it; predictions are in the units of the classes.
    @Test
    void twoClassesThatAreNumbersAreOneTarget() throws IOException {
        Path file = Files.writeString(temp.resolve("a.libsvm"), "-1 1:1\n1 2:1\n1 1:1 2:1\n-1 1:0.5\n");
        Dataset data = DataSource.named(file.toString(), Map.of("validation", "0"))
                .load(new Task.Parity(), Precision.FLOAT64);
        Matrix targets = data.train().batch().targets();
        assertArrayEquals(new double[]{0, 1, 1, 0}, targets.flat().toArray());
        assertEquals(1, data.criterion().orElseThrow().failures(Matrix.of(4, 1, -2, 1, -1, -3), targets));
        NumberTarget target = (NumberTarget) data.preparation().orElseThrow().target();
        assertEquals(-1, target.decode(0, 0));
        assertEquals(0.5, target.decode(0, 0.75));
        Path texts = Files.writeString(temp.resolve("texts.csv"), "a,y\n1,yes\n2,no\n3,yes\n4,no\n");
        assertThrows(InputException.class, () -> DataSource.named(texts.toString(), Map.of("target", "y"))
                .load(new Task.Parity(), Precision.FLOAT64));
    }
}
