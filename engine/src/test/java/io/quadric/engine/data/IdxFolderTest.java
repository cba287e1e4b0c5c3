package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdxFolderTest {
    private static final Task TWO_CLASSES = new Task.Classification(2);

    @TempDir
    private Path folder;

    private Dataset load(Task task) {
        return new IdxFolder(folder).load(task, Precision.FLOAT64);
    }

    @Test
    void pixelsAreSharesOf255AndLabelsAreColumns() throws IOException {
        IdxFiles.folder(folder, 4, 2);
        Dataset data = load(TWO_CLASSES);
        assertArrayEquals(
                new double[]{6 / 255.0, 7 / 255.0, 8 / 255.0, 9 / 255.0, 10 / 255.0, 11 / 255.0},
                data.train().batch().inputs().row(1).toArray());
        assertArrayEquals(new double[]{0, 1}, data.train().batch().targets().row(1).toArray());
        assertEquals(4, data.train().cases());
        assertEquals(2, data.test().orElseThrow().cases());
    }

    @Test
    void autoencodingNeedsNoLabels() throws IOException {
        IdxFiles.folder(folder, 4, 0);
        Files.delete(folder.resolve("train-labels-idx1-ubyte"));
        Dataset data = load(new Task.Autoencoding());
        Batch all = data.train().batch();
        assertSame(all.inputs(), all.targets());
        assertEquals(Optional.empty(), data.test());
        assertRefused("train-labels-idx1-ubyte: no such file, expected it plain or as .gz");
    }

    @Test
    void countsMustMatch() throws IOException {
        IdxFiles.folder(folder, 4, 0);
        IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.bytes(new byte[3], 3));
        assertRefused("train-labels-idx1-ubyte: 3 labels, expected 4, one for each image");
    }

    @Test
    void labelsMustBeClasses() throws IOException {
        IdxFiles.folder(folder, 4, 0);
        IdxFiles.write(folder.resolve("train-labels-idx1-ubyte"), IdxFiles.bytes(new byte[]{0, 1, 0, 2}, 4));
        assertRefused("train-labels-idx1-ubyte: label 2 of case 3, expected 0 to 1");
    }

    @Test
    void testImagesMustHaveTheSizeOfTrainingImages() throws IOException {
        IdxFiles.folder(folder, 4, 2);
        IdxFiles.write(folder.resolve("t10k-images-idx3-ubyte"), IdxFiles.bytes(new byte[12], 2, 3, 2));
        assertRefused("test images are");
    }

    @Test
    void aTestPartIsWholeOrMissing() throws IOException {
        IdxFiles.folder(folder, 4, 2);
        Files.delete(folder.resolve("t10k-images-idx3-ubyte"));
        assertRefused("t10k-images-idx3-ubyte: no such file");
    }

    @Test
    void aFolderWithoutFilesOrNoFolderIsNamed() {
        assertRefused("train-images-idx3-ubyte: no such file, expected it plain or as .gz");
        Path nowhere = folder.resolve("nowhere");
        InputException e = assertThrows(
                InputException.class, () -> new IdxFolder(nowhere).load(TWO_CLASSES, Precision.FLOAT32));
        assertTrue(e.getMessage().startsWith(nowhere + ": no such folder, expected one of digits, "), e.getMessage());
    }

    private void assertRefused(String complaint) {
        InputException e = assertThrows(InputException.class, () -> load(TWO_CLASSES));
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
        assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
    }
}
