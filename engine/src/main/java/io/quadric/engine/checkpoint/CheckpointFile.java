package io.quadric.engine.checkpoint;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.file.HeapLimit;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.train.Snapshot;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.optim.State;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Checkpoints in files.
///
/// A checkpoint is a ZIP archive. `checkpoint.json` has `format` ("quadric-checkpoint"), `version` (1), `run` (model,
/// data, optimizer, plan …), `fingerprints` of the data, `progress`, `initial` and
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

    private static final int LONGEST_DOCUMENT = 1 << 26;

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
        checkpoint.data().forEach(document.putObject("fingerprints")::put);
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
        try {
            byte[] document = entries(file, Map.of(DOCUMENT, LONGEST_DOCUMENT)).get(DOCUMENT);
            if (document == null) {
                throw new InputException("not a checkpoint, expected a ZIP archive with the entry " + DOCUMENT);
            }
            JsonPart part = JsonPart.parse(new String(document, StandardCharsets.UTF_8));
            part.object("format", "version", "run", "fingerprints", "progress", "initial", "last", "method", "numbers",
                    "arrays");
            return read(part, entries(file, sizes(part)));
        } catch (InputException e) {
            throw e.at(file.toString());
        }
    }

    /// The bytes that the document claims for each entry.
    private static Map<String, Integer> sizes(JsonPart document) {
        Map<String, Integer> sizes = new HashMap<>();
        for (JsonPart array : document.member("arrays").elements()) {
            String entry = array.member("entry").text();
            Precision precision = array.member("precision").word(Precision.class);
            int size = array.member("size").size();
            HeapLimit.require(entry + "'s " + size + " numbers", size, precision.bytes());
            if (sizes.put(entry, Math.multiplyExact(size, precision.bytes())) != null) {
                throw array.member("entry").unexpected("an entry of its own");
            }
        }
        return sizes;
    }

    /// The wanted entries, of each at most one byte more than wanted; an archive may claim to hold anything.
    private static Map<String, byte[]> entries(Path file, Map<String, Integer> wanted) {
        Map<String, byte[]> entries = new LinkedHashMap<>();
        if (!Files.isRegularFile(file)) {
            throw new InputException((Files.exists(file) ? "not a file" : "no such file") + ", expected a checkpoint");
        }
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                ZipInputStream zip = new ZipInputStream(in)) {
            for (ZipEntry entry = zip.getNextEntry(); entry != null
                    && entries.size() < wanted.size(); entry = zip.getNextEntry()) {
                Integer size = wanted.get(entry.getName());
                if (size != null) {
                    entries.put(entry.getName(), zip.readNBytes(size + 1));
                    requireEnd(zip, entry, size);
                }
            }
        } catch (IOException | IllegalArgumentException e) {
            throw new InputException("damaged or not a checkpoint (" + e.getMessage() + ")");
        }
        return entries;
    }

    /// At its end an entry's checksum is compared.
    private static void requireEnd(ZipInputStream zip, ZipEntry entry, int size) throws IOException {
        if (zip.read() >= 0) {
            throw new InputException(entry.getName() + " is longer than " + size + " bytes");
        }
    }

    private static Checkpoint read(JsonPart document, Map<String, byte[]> entries) {
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
        Map<String, String> data = new HashMap<>();
        document.optional("fingerprints").ifPresent(
                parts -> parts.members().forEach((name, digest) -> data.put(name, digest.text())));
        return new Checkpoint(run, snapshot, data);
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
