package io.quadric.engine.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.array.NdArray;
import io.quadric.engine.array.Safetensors;
import io.quadric.engine.array.SafetensorsFile;
import io.quadric.engine.file.Input;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ModelFileTest {
    @TempDir
    private Path temp;

    private Path file;
    private Table table;
    private TrainedModel model;

    @BeforeEach
    void save() {
        file = temp.resolve("model.quadric");
        table = Models.table(1, 60, true);
        model = Models.of(table, Precision.FLOAT32);
        model.save(file);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void whatIsSavedIsLoaded(Precision precision) throws IOException {
        for (boolean classes : new boolean[]{true, false}) {
            Table data = Models.table(2, 50, classes);
            TrainedModel before = Models.of(data, precision);
            before.save(file);
            byte[] bytes = Files.readAllBytes(file);
            TrainedModel after = TrainedModel.load(file);
            assertArrayEquals(before.predict(data).toArray(), after.predict(data).toArray());
            assertEquals(before.provenance(), after.provenance());
            assertEquals(before.model().network().layers(), after.model().network().layers());
            assertEquals(before.schema(), after.schema());
            after.save(file);
            assertArrayEquals(bytes, Files.readAllBytes(file));
        }
    }

    /// Other tools find parameters and statistics by their names.
    @Test
    void aModelIsASafetensorsFile() {
        Safetensors contents = SafetensorsFile.read(Input.of(file));
        assertEquals("F32[5, " + model.preparation().features().width() + "]",
                contents.tensors().get("0.weight").toString());
        assertEquals("F64[5]", contents.tensors().get("1.mean").toString());
        assertEquals("F64[5]", contents.tensors().get("2.body.1.variance").toString());
        assertEquals("quadric", contents.metadata().get("format"));
        assertEquals(64, contents.metadata().get("sha256").length());
    }

    @Test
    void everyTruncationAndEveryChangedByteIsNamed() throws IOException {
        byte[] whole = Files.readAllBytes(file);
        for (int length = 0; length < whole.length; length += 13) {
            refused(Arrays.copyOf(whole, length), "");
        }
        for (int place = 0; place < whole.length; place += 29) {
            byte[] changed = whole.clone();
            changed[place] ^= 1;
            refused(changed, "");
        }
        byte[] last = whole.clone();
        last[whole.length - 1] ^= 1;
        refused(last, "damaged: the checksum is another than when it was written");
    }

    private void refused(byte[] bytes, String complaint) throws IOException {
        Files.write(file, bytes);
        String message = assertThrows(InputException.class, () -> TrainedModel.load(file)).getMessage();
        assertTrue(message.startsWith(file + ": ") && message.contains(complaint), message);
        assertEquals(1, message.lines().count());
    }

    private void rewrite(Map<String, String> metadata, Map<String, NdArray> tensors) throws IOException {
        try (OutputStream out = Files.newOutputStream(file)) {
            SafetensorsFile.write(out, new Safetensors(metadata, tensors));
        }
    }

    @Test
    void otherFilesAndLaterVersionsAreNamed() throws IOException {
        Safetensors contents = SafetensorsFile.read(Input.of(file));
        rewrite(Map.of(), contents.tensors());
        refused(Files.readAllBytes(file), "tensors without the description of a network");
        Map<String, String> later = new HashMap<>(contents.metadata());
        later.computeIfPresent("quadric", (key, text) -> text.replace("\"version\":1,", "\"version\":2,"));
        rewrite(later, contents.tensors());
        refused(Files.readAllBytes(file),
                "a model of version 2, expected at most 1: it was written by a later version");
        refused("income,age\n1,2\n".getBytes(), "safetensors file");
    }

    @ParameterizedTest
    @ValueSource(strings = {"parameters.safetensors", "parameters.npz"})
    void parametersGoOutAndComeBackByName(String name) {
        Path parameters = temp.resolve(name);
        if (name.endsWith(".npz")) {
            ParameterFiles.writeNpz(parameters, model);
        } else {
            ParameterFiles.writeSafetensors(parameters, model);
        }
        TrainedModel imported = ModelImport.like(model, parameters);
        assertArrayEquals(model.predict(table).toArray(), imported.predict(table).toArray());
        assertArrayEquals(
                model.parameters().values().toArray(),
                ParameterFiles.parameters(file, model.model().network(), Precision.FLOAT64).values().toArray());
    }

    @Test
    void parametersThatDoNotFitAreListed() {
        Map<String, NdArray> tensors = new HashMap<>(ParameterTensors.write(model.parameters()));
        tensors.remove("0.bias");
        tensors.put("0.gamma", NdArray.of(Vector.of(1f), 1));
        assertEquals("tensors do not fit the network; missing: 0.bias; not of this network: 0.gamma",
                complaint(tensors));
        tensors.remove("0.gamma");
        tensors.put("0.bias", NdArray.of(Vector.of(1f, 2), 1, 2));
        assertEquals("tensor '0.bias' has the shape [1, 2], expected [5]", complaint(tensors));
    }

    private String complaint(Map<String, NdArray> tensors) {
        return assertThrows(InputException.class, () -> ParameterTensors.read(
                model.model().network().layout(), tensors, Precision.FLOAT32)).getMessage();
    }

    @Test
    void aMissingStatisticIsNamed() throws IOException {
        Map<String, NdArray> tensors = new HashMap<>(SafetensorsFile.read(Input.of(file)).tensors());
        tensors.remove("1.mean");
        rewrite(Map.of(), tensors);
        String message = assertThrows(InputException.class, () -> ModelImport.like(model, file)).getMessage();
        assertTrue(message.contains("tensor '1.mean' is missing, expected 5 numbers"), message);
    }
}
