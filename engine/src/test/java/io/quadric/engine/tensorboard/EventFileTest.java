package io.quadric.engine.tensorboard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.cli.Quadric;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.tensorflow.framework.Summary;
import org.tensorflow.hadoop.util.TFRecordReader;
import org.tensorflow.util.Event;

/// Event files read by TensorFlow's own reader of records, which checks the checksums, and its own classes of events.
class EventFileTest {
    @TempDir
    private Path temp;

    private static List<Event> events(byte[] file) throws IOException {
        TFRecordReader reader = new TFRecordReader(new ByteArrayInputStream(file), true);
        List<Event> events = new ArrayList<>();
        for (Optional<byte[]> r = Optional.ofNullable(reader.read()); r.isPresent(); r = Optional
                .ofNullable(reader.read())) {
            events.add(Event.parseFrom(r.get()));
        }
        return events;
    }

    private byte[] file(Path folder) throws IOException {
        try (var files = Files.list(folder)) {
            List<Path> all = files.toList();
            assertEquals(1, all.size());
            assertTrue(all.getFirst().getFileName().toString().startsWith("events.out.tfevents."));
            return Files.readAllBytes(all.getFirst());
        }
    }

    @Test
    void theValuesAreThoseOfTheLog() throws IOException {
        Path folder = temp.resolve("events");
        Path log = temp.resolve("log");
        Quadric.line("train --epochs 2 --batch-size 500 --tensorboard " + folder + " --log " + log).succeeds();
        List<Event> events = events(file(folder));
        assertEquals("brain.Event:2", events.getFirst().getFileVersion());
        assertTrue(Math.abs(events.getFirst().getWallTime() - System.currentTimeMillis() / 1e3) < 600);
        List<JsonNode> lines = Quadric.log(log);
        assertEquals(lines.size() + 1, events.size());
        for (int i = 0; i < lines.size(); i++) {
            Event event = events.get(i + 1);
            assertEquals(lines.get(i).path("step").asLong(), event.getStep());
            Map<String, Float> values = new LinkedHashMap<>();
            for (Summary.Value value : event.getSummary().getValueList()) {
                values.put(value.getTag(), value.getSimpleValue());
            }
            same(lines.get(i).path("trainLoss"), values, "loss/train");
            same(lines.get(i).path("testError"), values, "error/test");
            same(lines.get(i).path("loss"), values, "loss/batch");
            same(lines.get(i).path("damping"), values, "method/damping");
            same(lines.get(i).path("norms").path("0.weight"), values, "norm/0.weight");
            same(lines.get(i).path("gradientNorms").path("0.weight"), values, "gradient/0.weight");
        }
    }

    private static void same(JsonNode expected, Map<String, Float> values, String tag) {
        assertEquals(expected.isNumber(), values.containsKey(tag), tag);
        if (expected.isNumber()) {
            assertEquals((float) expected.asDouble(), values.get(tag), tag);
        }
    }

    @Test
    void aChangedByteIsNoticedByTheReader() throws IOException {
        Path folder = temp.resolve("events");
        Quadric.line("train --steps 1 --optimizer sgd --tensorboard " + folder).succeeds();
        byte[] bytes = file(folder);
        bytes[bytes.length / 2] ^= 1;
        assertThrows(IOException.class, () -> events(bytes));
    }

    @Test
    void compareMakesAFolderForEachRun() throws IOException {
        Path folder = temp.resolve("events");
        Quadric.line("compare --optimizers sgd,adam --steps 2 --warm-up 0 --tensorboard " + folder + " --out "
                + temp.resolve("out")).succeeds();
        assertEquals(4, events(file(folder.resolve("sgd"))).size());
        assertEquals(4, events(file(folder.resolve("adam"))).size());
    }

    @Test
    void sweepsAndExperimentsMakeAFolderForEachRun() throws IOException {
        Path folder = temp.resolve("events");
        String sweep = "sweep --optimizer sgd --grid momentum=0,0.5 --repeats 1 --steps 2 --out " + temp.resolve("s")
                + " --tensorboard ";
        Quadric.line(sweep + folder).succeeds();
        assertEquals(2, runs(folder).size());
        for (Path run : runs(folder)) {
            assertEquals(4, events(file(run)).size());
        }
        Quadric.line("experiment mnist-autoencoder --small --only KFAC --steps 3 --warm-up 0 --out " + temp.resolve("e")
                + " --tensorboard " + temp.resolve("more")).succeeds();
        assertEquals(1, runs(temp.resolve("more")).size());
        assertEquals(5, events(file(runs(temp.resolve("more")).getFirst())).size());
    }

    private static List<Path> runs(Path folder) throws IOException {
        try (var runs = Files.list(folder)) {
            return runs.sorted().toList();
        }
    }

    @Test
    void whatMakesNoRunsHasNoEventFiles() {
        Quadric.line("experiment natural-alignment --small --tensorboard " + temp.resolve("events"))
                .isRefused("makes no runs");
    }

    @Test
    void aFileInPlaceOfTheFolderIsRefused() throws IOException {
        Path file = Files.writeString(temp.resolve("file"), "");
        Quadric.line("train --steps 1 --tensorboard " + file).isRefused("a file, expected a folder");
    }
}
