package io.quadric.engine.cases.shard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.cases.BatchRoom;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.cases.shard.ShardWriter.Replacing;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Weights;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// What was written is read, bit for bit, and nothing else is.
class ShardFilesTest {
    private static final ObjectNode NOTHING = JsonNodeFactory.instance.objectNode();
    private static final int CASES = 41;

    @TempDir
    private Path temp;

    /// Sequences of up to 3 time steps with weights.
    private static Batch batch(Precision precision, int cases) {
        SplittableRandom random = new SplittableRandom(1);
        double[] x = random.doubles(cases * 6L, -1, 1).toArray();
        double[] t = random.doubles(cases * 2L, -1, 1).toArray();
        return new Batch(
                Matrix.of(cases, 6, x).copy(precision),
                Matrix.of(cases, 2, t).copy(precision),
                Lengths.of(random.ints(cases, 1, 4).toArray()),
                Weights.of(random.doubles(cases, 0.1, 3).toArray()));
    }

    private Path packed(Cases cases, int shardBytes) {
        Path folder = temp.resolve("packed");
        try (ShardWriter writer = ShardWriter.open(folder, Replacing.SHARDS, shardBytes)) {
            writer.add(ShardFiles.TRAIN, cases);
            writer.commit(NOTHING);
        }
        return folder;
    }

    private static Cases read(Path folder) {
        ShardFiles files = ShardFiles.open(folder);
        return files.open(ShardFiles.TRAIN, files.form()).orElseThrow();
    }

    private static void assertSameBits(Batch expected, Batch actual) {
        assertArrayEquals(expected.inputs().toArray(), actual.inputs().toArray());
        assertArrayEquals(expected.targets().toArray(), actual.targets().toArray());
        assertArrayEquals(expected.lengths().toArray(), actual.lengths().toArray());
        assertEquals(expected.weight(), actual.weight());
        for (int i = 0; i < expected.cases(); i++) {
            assertEquals(expected.weights().at(i), actual.weights().at(i));
        }
    }

    @ParameterizedTest
    @EnumSource
    void batchesAreThoseOfTheMemory(Precision precision) {
        Cases whole = Cases.of(batch(precision, CASES));
        for (int shardBytes : new int[]{1, 300, 1 << 20}) {
            Cases read = read(packed(whole, shardBytes));
            BatchRoom room = new BatchRoom(read.form());
            BatchRoom other = new BatchRoom(whole.form());
            for (int[] chosen : new int[][]{{40, 0, 17}, {3}, {20, 21, 22, 39, 5, 6}}) {
                assertSameBits(whole.chosen(chosen, other), read.chosen(chosen, room));
            }
            assertSameBits(whole.rows(0, CASES, other), read.rows(0, CASES, room));
            assertSameBits(whole.rows(7, 30, other), read.rows(7, 30, room));
            assertEquals(whole.weight(), read.weight());
            assertEquals(Digest.of(whole), Digest.of(read));
            assertEquals(Digest.of(whole.first(13)), Digest.of(read.first(13)));
            assertEquals(whole.first(13).weight(), read.first(13).weight());
        }
    }

    @Test
    void partsArePackedOneAfterTheOther() {
        Cases whole = Cases.of(batch(Precision.FLOAT32, CASES));
        try (ShardWriter writer = ShardWriter.open(temp, Replacing.NOTHING, 300)) {
            for (int from = 0; from < CASES; from += 10) {
                Batch some = whole.batch().rows(from, Math.min(CASES, from + 10));
                writer.add(ShardFiles.TRAIN, Cases.of(some));
            }
            Cases narrow = Cases.of(new Batch(Matrix.zeros(Precision.FLOAT32, 1, 6), Matrix.zeros(
                    Precision.FLOAT32, 1, 2)));
            assertTrue(assertThrows(InputException.class, () -> writer.add(ShardFiles.TRAIN, narrow)).getMessage()
                    .contains("expected FLOAT32, 6 inputs, 2 targets, with lengths, with weights as before"));
            writer.commit(NOTHING);
        }
        assertEquals(Digest.of(whole), Digest.of(read(temp)));
        assertEquals(whole.weight(), read(temp).weight());
    }

    @Test
    void otherPrecisionsAndTargetsAreMadeWhileReading() {
        Batch wide = batch(Precision.FLOAT64, CASES);
        ShardFiles files = ShardFiles.open(packed(Cases.of(wide), 300));
        Batch narrow = files.open(ShardFiles.TRAIN, files.form().in(Precision.FLOAT32)).orElseThrow().batch();
        assertArrayEquals(wide.inputs().copy(Precision.FLOAT32).toArray(), narrow.inputs().toArray());
        Batch same = files.open(ShardFiles.TRAIN, files.form().reconstructing()).orElseThrow().batch();
        assertSame(same.inputs(), same.targets());
        files = ShardFiles.open(packed(Cases.of(narrow), 300));
        Batch widened = files.open(ShardFiles.TRAIN, files.form().in(Precision.FLOAT64)).orElseThrow().batch();
        assertArrayEquals(narrow.targets().toArray(), widened.targets().toArray());
    }

    /// Reading all of it names the file, and the record where it is one.
    @Test
    void anyChangedByteOfAShardIsRefused() throws IOException {
        Path folder = packed(Cases.of(batch(Precision.FLOAT32, 3)), 1 << 20);
        Path shard = folder.resolve("train-0-00000.shard");
        byte[] bytes = Files.readAllBytes(shard);
        int record = (6 + 2) * 4 + 4 + 8;
        assertEquals(24 + 3 * (record + 4), bytes.length);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= (byte) (1 << i % 8);
            Files.write(shard, changed);
            String message = assertThrows(InputException.class, () -> read(folder).batch()).getMessage();
            String what = i < 24
                    ? "the header is damaged"
                    : i < 24 + 3 * record ? "record " + (i - 24) / record + " is damaged" : "the checksums";
            assertTrue(message.startsWith(shard + ": " + what), message);
        }
        Files.write(shard, Arrays.copyOf(bytes, bytes.length - 1));
        assertThrows(InputException.class, () -> read(folder));
        Files.delete(shard);
        assertTrue(assertThrows(InputException.class, () -> read(folder)).getMessage().contains("no such file"));
    }

    @Test
    void anyChangedByteOfTheManifestIsRefused() throws IOException {
        Path folder = packed(Cases.of(batch(Precision.FLOAT32, 3)), 1 << 20);
        Path manifest = folder.resolve("shards.json");
        byte[] bytes = Files.readAllBytes(manifest);
        for (int i = 0; i < bytes.length; i++) {
            byte[] changed = bytes.clone();
            changed[i] ^= 1;
            Files.write(manifest, changed);
            assertTrue(assertThrows(InputException.class, () -> read(folder)).getMessage()
                    .startsWith(manifest.toString()));
        }
    }

    /// Two shards of one pack that change places are not taken for each other.
    @Test
    void shardsThatChangePlacesAreRefused() throws IOException {
        Path folder = packed(Cases.of(batch(Precision.FLOAT32, 4)), 100);
        Path first = folder.resolve("train-0-00000.shard");
        Path second = folder.resolve("train-0-00001.shard");
        Files.move(first, folder.resolve("x"));
        Files.move(second, first);
        Files.move(folder.resolve("x"), second);
        assertThrows(InputException.class, () -> read(folder));
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).filter(name -> !name.startsWith(".")).sorted()
                    .toList();
        }
    }

    @Test
    void whatIsNotCommittedIsNotThere() throws IOException {
        Cases cases = Cases.of(batch(Precision.FLOAT32, CASES));
        try (ShardWriter writer = ShardWriter.open(temp, Replacing.NOTHING, 300)) {
            writer.add(ShardFiles.TRAIN, cases);
            assertThrows(InputException.class, () -> ShardWriter.open(temp, Replacing.NOTHING, 300));
            assertFalse(ShardFiles.isOne(temp));
        }
        assertEquals(List.of(), names(temp));
        Files.writeString(temp.resolve("train-3-00000.shard"), "left over");
        Path mine = Files.writeString(temp.resolve("notes.txt"), "not a shard");
        Path folder = packed(cases, 1 << 20);
        String before = Digest.of(read(folder));
        assertThrows(InputException.class, () -> ShardWriter.open(folder, Replacing.NOTHING, 300));
        try (ShardWriter writer = ShardWriter.open(folder, Replacing.SHARDS, 300)) {
            writer.add(ShardFiles.TRAIN, cases.first(5));
        }
        assertEquals(before, Digest.of(read(folder)));
        packed(cases.first(5), 1 << 20);
        assertEquals(List.of("shards.json", "train-1-00000.shard"), names(folder));
        try (ShardWriter writer = ShardWriter.open(temp, Replacing.NOTHING, 300)) {
            assertNotNull(writer);
            assertTrue(Files.exists(mine));
            assertFalse(Files.exists(temp.resolve("train-3-00000.shard")));
        }
    }
}
