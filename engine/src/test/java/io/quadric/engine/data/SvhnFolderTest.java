package io.quadric.engine.data;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.array.MatFiles;
import io.quadric.engine.array.MatFiles.Packing;
import io.quadric.engine.cli.Quadric;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.layer.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SvhnFolderTest {
    @TempDir
    private Path temp;

    @Test
    void imagesLieRowByRowAndTenIsZero() throws IOException {
        MatFiles.svhn(temp, "train", 12, Packing.COMPRESSED);
        MatFiles.svhn(temp, "test", 3, Packing.PLAIN);
        Dataset data = DataSource.named(temp.toString()).load(new Task.Classification(10), Precision.FLOAT64);
        assertEquals(new Shape.Image(3, 32, 32), data.shape());
        assertEquals(3, data.test().orElseThrow().cases());
        Matrix x = data.train().batch().inputs();
        for (int i = 0; i < 12; i++) {
            for (int c = 0; c < 3; c++) {
                for (int p = 0; p < 1024; p++) {
                    assertEquals(MatFiles.pixel(i, c, p / 32, p % 32) / 255.0, x.get(i, c * 1024 + p));
                }
            }
            assertEquals(1, data.train().batch().targets().get(i, i % 10));
        }
    }

    @Test
    void itIsTrainedOn() throws IOException {
        MatFiles.svhn(temp, "train", 12, Packing.COMPRESSED);
        String out = Quadric.line("train --optimizer sgd --steps 1 --threads 1 --standardise --data " + temp)
                .succeeds().out();
        assertTrue(out.contains("svhn-mlp"), out);
        Files.delete(MatFiles.svhn(temp, "train", 2, Packing.PLAIN));
        assertThrows(InputException.class, () -> new SvhnFolder(temp).load(new Task.Autoencoding(), Precision.FLOAT32));
    }
}
