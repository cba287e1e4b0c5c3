package io.quadric.engine.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.train.Snapshot;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.State;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Checkpoints in files.
///
/// A checkpoint is a ZIP archive. `checkpoint.json` has `format` ("quadric-checkpoint"), `version` (1), `run` (model,
/// data, optimizer, plan …), `progress`, `initial` and
/// `last` (the first and the last evaluation, each with `parametersTrainLoss` beside `trainLoss` if an average is
/// evaluated), `arrays` and the `numbers` of the method's
/// state. Each element of `arrays` has a `name`, an `entry` of the archive, a `precision` and a `size`; the entry
/// holds the elements one after the other as little-endian IEEE 754 numbers. The first array is `parameters`: all
/// parameters, layer by layer, weight before bias, row-major; the others, named `state.…`, are the method's. Numbers
/// that JSON cannot hold are strings.
public final class CheckpointFile {
    static final String FORMAT = "quadric-checkpoint";
    static final int VERSION = 1;
    static final String DOCUMENT = "checkpoint.json";
    static final String PARAMETERS = "parameters";
    static final String STATE = "state.";

    private CheckpointFile() {}

    /// Writes a checkpoint, atomically.
    ///
    /// @param file the path
    /// @param checkpoint the run and how far it has come
    public static void write(Path file, Checkpoint checkpoint) {
        OutputFile.write(file, out -> write(out, checkpoint));
    }

    private static void write(OutputStream out, Checkpoint checkpoint) throws IOException {
        Map<String, Vector> arrays = new LinkedHashMap<>();
        arrays.put(PARAMETERS, checkpoint.snapshot().parameters());
        checkpoint.snapshot().state().arrays().forEach((name, values) -> arrays.put(STATE + name, values));
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.put("format", FORMAT).put("version", VERSION);
        RunJson.write(checkpoint.run(), document.putObject("run"));
        SnapshotJson.write(checkpoint.snapshot(), document);
        var list = document.putArray("arrays");
        arrays.forEach((name, values) -> list.addObject()
                .put("name", name)
                .put("entry", name + ".bin")
                .put("precision", values.precision().name())
                .put("size", values.size()));
        ZipOutputStream zip = new ZipOutputStream(out);
        zip.setLevel(1);
        entry(zip, DOCUMENT, document.toPrettyString().getBytes(StandardCharsets.UTF_8));
        for (Map.Entry<String, Vector> array : arrays.entrySet()) {
            entry(zip, array.getKey() + ".bin", bytes(array.getValue()));
        }
        zip.finish();
    }

    private static void entry(ZipOutputStream zip, String name, byte[] bytes) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(bytes);
        zip.closeEntry();
    }

    private static byte[] bytes(Vector values) {
        Vector copy = values.copy();
        ByteBuffer buffer = ByteBuffer.allocate(Math.multiplyExact(copy.size(), copy.precision().bytes()));
        buffer.order(ByteOrder.LITTLE_ENDIAN);
        switch (copy.precision()) {
            case FLOAT32 -> buffer.asFloatBuffer().put(copy.floats());
            case FLOAT64 -> buffer.asDoubleBuffer().put(copy.doubles());
        }
        return buffer.array();
    }

    /// Reads a checkpoint.
    ///
    /// @param file the path
    /// @return the run and how far it has come
    /// @throws InputException if it cannot be read or is not a checkpoint of this version
    public static Checkpoint read(Path file) {
        Map<String, byte[]> entries = entries(file);
        try {
            byte[] document = entries.get(DOCUMENT);
            if (document == null) {
                throw new InputException("not a checkpoint, expected a ZIP archive with the entry " + DOCUMENT);
            }
            String text = new String(document, StandardCharsets.UTF_8);
            return read(JsonPart.document(ModelJson.document(text)), entries);
        } catch (InputException e) {
            throw e.at(file.toString());
        }
    }

    private static Map<String, byte[]> entries(Path file) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            throw new InputException(
                    file + (Files.exists(file) ? ": not a file" : ": no such file") + ", expected a checkpoint");
        }
        try (InputStream in = Files.newInputStream(file);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
                entries.put(entry.getName(), zip.readAllBytes());
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException(file + ": damaged or not a checkpoint (" + e.getMessage() + ")");
        }
        return entries;
    }

    private static Checkpoint read(JsonPart document, Map<String, byte[]> entries) {
        document.object("format", "version", "run", "progress", "initial", "last", "method", "numbers", "arrays");
        if (!document.member("format").text().equals(FORMAT)) {
            throw document.member("format").unexpected(FORMAT);
        }
        if (document.member("version").size() != VERSION) {
            throw document.member("version").unexpected("version " + VERSION);
        }
        RunSpec run = RunJson.read(document.member("run"));
        State state = new State(document.member("method").text());
        document.member("numbers").members().forEach((name, value) -> state.put(name, SnapshotJson.number(value)));
        Vector parameters = Vector.zeros(run.precision(), 0);
        for (JsonPart array : document.member("arrays").elements()) {
            array.object("name", "entry", "precision", "size");
            String name = array.member("name").text();
            Vector values = vector(array, entries);
            if (name.equals(PARAMETERS)) {
                parameters = values;
            } else if (!name.startsWith(STATE)) {
                throw array.member("name").unexpected(PARAMETERS + " or " + STATE + "…");
            } else {
                state.put(name.substring(STATE.length()), values);
            }
        }
        Snapshot snapshot = SnapshotJson.read(document, parameters, state);
        return new Checkpoint(run, snapshot);
    }

    private static Vector vector(JsonPart array, Map<String, byte[]> entries) {
        String entry = array.member("entry").text();
        Precision precision = array.member("precision").word(Precision.class);
        int size = array.member("size").size();
        byte[] bytes = entries.getOrDefault(entry, new byte[0]);
        long expected = (long) size * precision.bytes();
        if (bytes.length != expected) {
            throw new InputException(entry + " has " + bytes.length + " bytes, expected " + expected);
        }
        Vector values = Vector.zeros(precision, size);
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        switch (precision) {
            case FLOAT32 -> buffer.asFloatBuffer().get(values.floats());
            case FLOAT64 -> buffer.asDoubleBuffer().get(values.doubles());
        }
        return values;
    }
}
