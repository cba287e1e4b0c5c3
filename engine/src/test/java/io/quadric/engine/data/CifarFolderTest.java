package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CifarFolderTest {
    private static final int RECORD = 3073;

    @TempDir
    private Path folder;

    /// Records with labels `first`, `first` + 1, …, of which pixel j is label + j modulo 251.
    private static byte[] records(int first, int count) {
        byte[] records = new byte[count * RECORD];
        for (int n = 0; n < count; n++) {
            records[n * RECORD] = (byte) (first + n);
            for (int j = 0; j < RECORD - 1; j++) {
                records[n * RECORD + 1 + j] = (byte) ((first + n + j) % 251);
            }
        }
        return records;
    }

    private static byte[] compressed(byte[] bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(bytes);
        }
        return out.toByteArray();
    }

    private Dataset load() {
        return DataSource.named(folder.toString()).load(new Task.Classification(10), Precision.FLOAT32);
    }

    private void assertRefused(String complaint) {
        InputException e = assertThrows(InputException.class, this::load);
        assertTrue(e.getMessage().startsWith(folder.toString()), e.getMessage());
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
    }

    @Test
    void recordsArePlanesAfterTheirLabel() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), records(3, 2));
        Files.write(folder.resolve("data_batch_4.bin.gz"), compressed(records(7, 3)));
        Files.write(folder.resolve("test_batch_first1.bin.gz"), compressed(records(0, 1)));
        Dataset data = load();
        assertEquals(new Shape.Image(3, 32, 32), data.shape());
        assertEquals(5, data.train().cases());
        assertEquals(1, data.test().orElseThrow().cases());
        for (int j : new int[]{0, 1023, 1024, 3071}) {
            assertEquals((4 + j) % 251 / 255.0, data.train().batch().inputs().get(1, j), 1e-7);
            assertEquals((9 + j) % 251 / 255.0, data.train().batch().inputs().get(4, j), 1e-7);
        }
        assertEquals(1, data.train().batch().targets().get(0, 3));
        assertEquals(1, data.train().batch().targets().get(2, 7));
    }

    @Test
    void theTestPartMayBeMissing() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), records(0, 1));
        assertEquals(Optional.empty(), load().test());
    }

    @Test
    void withoutTheFirstFileItIsNoSuchFolder() throws IOException {
        Files.write(folder.resolve("data_batch_2.bin"), records(0, 1));
        String message = assertThrows(InputException.class, () -> DataSource.named(folder.toString())).getMessage();
        assertTrue(message.startsWith(folder + ": a folder of no known data, expected one of digits, "), message);
    }

    @Test
    void damagedFilesAreNamed() throws IOException {
        Path file = folder.resolve("data_batch_1.bin");
        Files.write(file, Arrays.copyOf(records(0, 2), 2 * RECORD - 5));
        assertRefused("data_batch_1.bin: truncated, 3068 bytes after 1 records, expected records of 3073 bytes");
        Files.write(file, new byte[0]);
        assertRefused("data_batch_1.bin: the file is empty, expected CIFAR-10 records");
        Files.write(file, records(9, 2));
        assertRefused("data_batch_1.bin: label 10 of record 1, expected 0 to 9");
        Files.delete(file);
        byte[] whole = compressed(records(0, 3));
        Files.write(folder.resolve("data_batch_1.bin.gz"), Arrays.copyOf(whole, whole.length - 20));
        assertRefused("data_batch_1.bin.gz: the data is truncated");
        whole[whole.length - 6] ^= 1;
        Files.write(folder.resolve("data_batch_1.bin.gz"), whole);
        assertRefused("data_batch_1.bin.gz: the gzip data is damaged");
    }

    @Test
    void theFileOfAWrongLabelIsNamed() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), records(0, 2));
        Files.write(folder.resolve("data_batch_2.bin"), records(8, 4));
        assertRefused("data_batch_2.bin: label 10 of record 2, expected 0 to 9");
    }

    @Test
    void compressedDataNeedsNoName() throws IOException {
        Files.write(folder.resolve("data_batch_1.bin"), compressed(records(0, 2)));
        assertEquals(2, load().train().cases());
    }

    @Test
    void theFineLabelOfTheHundredClassesIsTheClass() throws IOException {
        byte[] record = new byte[2 + RECORD - 1];
        record[0] = 19;
        record[1] = 99;
        Files.write(folder.resolve("train.bin"), record);
        Dataset data = DataSource.named(folder.toString()).load(new Task.Classification(100), Precision.FLOAT32);
        assertEquals(1, data.train().batch().targets().get(0, 99));
        record[1] = 100;
        Files.write(folder.resolve("test.bin"), record);
        InputException e = assertThrows(InputException.class, () -> DataSource.named(folder.toString())
                .load(new Task.Classification(100), Precision.FLOAT32));
        assertTrue(e.getMessage().contains("test.bin: label 100 of record 0, expected 0 to 99"), e.getMessage());
    }
}
