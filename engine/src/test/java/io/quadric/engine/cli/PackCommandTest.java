package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.cases.Cases;
import io.quadric.engine.cases.shard.ShardFiles;
import io.quadric.engine.cases.shard.ShardWriter;
import io.quadric.engine.cases.shard.ShardWriter.Replacing;
import io.quadric.engine.checkpoint.Checkpoint;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.data.IdxFiles;
import io.quadric.engine.json.ModelJson;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Data that were packed are the same data, for every command.
class PackCommandTest {
    @TempDir
    private Path temp;

    private static void train(String options) {
        Quadric.line("train " + options).succeeds();
    }

    private static void assertSameRun(Path expected, Path actual) {
        Checkpoint one = CheckpointFile.read(expected);
        Checkpoint other = CheckpointFile.read(actual);
        assertArrayEquals(one.snapshot().parameters().toArray(), other.snapshot().parameters().toArray());
        assertEquals(one.snapshot().state().numbers(), other.snapshot().state().numbers());
        assertEquals(one.snapshot().last(), other.snapshot().last());
        assertEquals(one.data(), other.data());
    }

    /// Hessian-free optimisation draws three batches of a step; the last case has all cases in a batch.
    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            digits | --optimizer hessian-free-early --batch-size 300 --steps 3
            digits | --optimizer kfac --batch-size 100 --steps 9 --precision float64
            problem:addition,length=6,cases=60,test=30 | --optimizer sgd --batch-size 20 --steps 4
            digits | --model digits-autoencoder --optimizer hessian-free --batch-size 2000 --steps 1
            """)
    void trainingIsBitForBitThatFromMemory(String data, String options) {
        Path shards = temp.resolve("shards");
        String model = options.contains("--model") ? " --model digits-autoencoder" : "";
        String precision = options.contains("float64") ? " --precision float64" : "";
        Quadric.line("data pack --data " + data + model + precision + " --out " + shards).succeeds();
        Path memory = temp.resolve("memory");
        Path files = temp.resolve("files");
        train("--data " + data + " " + options + " --threads 1 --save " + memory);
        train("--data " + shards + " " + options + " --threads 2 --save " + files);
        assertSameRun(memory, files);
    }

    @Test
    void aRunGoesOnFromShardsAndFromMemory() {
        Path shards = temp.resolve("shards");
        Quadric.line("data pack --data digits --out " + shards).succeeds();
        Path whole = temp.resolve("whole");
        Path parts = temp.resolve("parts");
        String method = "--optimizer hessian-free-early --batch-size 400 --threads 1 ";
        train(method + "--steps 6 --save " + whole);
        train(method + "--steps 2 --data " + shards + " --save " + parts);
        train("--resume " + parts + " --threads 1 --steps 4 --save " + parts);
        train("--resume " + parts + " --threads 1 --steps 6 --data digits --save " + parts);
        assertSameRun(whole, parts);
    }

    private Path table(int rows) throws IOException {
        StringBuilder text = new StringBuilder("a,colour,w,y\n");
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < rows; i++) {
            double a = random.nextDouble(-1, 1);
            text.append(i % 9 == 0 ? "" : a).append(',').append(i % 3 == 0 ? "red" : "blue").append(',')
                    .append(1 + i % 4).append(',').append(a + i % 3 > 0.8 ? "yes" : "no").append('\n');
        }
        return Files.writeString(temp.resolve("table" + rows + ".csv"), text);
    }

    /// Preparation and weights go with the cases, so that the model predicts rows of the table.
    @Test
    void tablesKeepTheirPreparation() throws IOException {
        Path table = table(120);
        Path shards = temp.resolve("shards");
        Quadric.line("data pack --weight w --target y --data " + table + " --out " + shards).succeeds();
        String rest = " --epochs 3 --threads 1 --save ";
        train("--weight w --target y --data " + table + rest + temp.resolve("memory") + " --out " + temp.resolve("a"));
        train("--data " + shards + rest + temp.resolve("files") + " --out " + temp.resolve("b"));
        assertSameRun(temp.resolve("memory"), temp.resolve("files"));
        String byRow = Quadric.line("predict --model " + temp.resolve("a") + " --data " + table).succeeds().out();
        assertEquals(byRow, Quadric.line("predict --model " + temp.resolve("b") + " --data " + table).succeeds()
                .out());
        String packed = Quadric.line("predict --probabilities --model " + temp.resolve("b") + " --data " + shards)
                .succeeds().out();
        assertEquals(1 + 24, packed.lines().count());
        assertTrue(packed.startsWith("y,p(no),p(yes)"), packed);
        String figures = Quadric.line("evaluate --json --model " + temp.resolve("b") + " --data " + shards)
                .succeeds().out();
        assertEquals(24, ModelJson.document(figures).get("cases").asInt());
        assertTrue(ModelJson.document(figures).get("figures").get("accuracy").asDouble() > 0.5, figures);
        train("--optimizer sgd --steps 1 --out " + temp.resolve("digits"));
        Quadric.line("predict --model " + temp.resolve("digits") + " --data " + shards)
                .isRefused("prepared in another way than the model prepares rows");
    }

    @ParameterizedTest
    @CsvSource({"evaluate", "predict"})
    void otherDataArePredictedAsBefore(String command) {
        Path shards = temp.resolve("shards");
        Path model = temp.resolve("model");
        train("--optimizer sgd --steps 3 --out " + model);
        Quadric.line("data pack --data digits --out " + shards).succeeds();
        String line = command + " --model " + model + " --data ";
        assertEquals(Quadric.line(line + "digits").succeeds().out(), Quadric.line(line + shards).succeeds().out());
    }

    @Test
    void sequencesKeepTheirLengths() throws IOException {
        StringBuilder text = new StringBuilder("series,x,y\n");
        for (int k = 0; k < 40; k++) {
            for (int t = 0; t <= k % 4; t++) {
                text.append("s").append(k).append(',').append((k * 7 + t * 3) % 11).append(',').append(k % 2 == 0
                        ? "up"
                        : "down").append('\n');
            }
        }
        Path table = Files.writeString(temp.resolve("series.csv"), text);
        Path shards = temp.resolve("shards");
        String sequences = " --sequence series --target y --data " + table;
        Quadric.line("data pack" + sequences + " --out " + shards).succeeds();
        train("--epochs 2 --threads 1" + sequences + " --save " + temp.resolve("memory"));
        train("--epochs 2 --threads 1 --data " + shards + " --save " + temp.resolve("files") + " --out " + temp.resolve(
                "model"));
        assertSameRun(temp.resolve("memory"), temp.resolve("files"));
        String out = Quadric.line("predict --model " + temp.resolve("model") + " --data " + shards).succeeds().out();
        assertTrue(out.startsWith("series,y" + System.lineSeparator() + "1,") || out.startsWith("series,y\r\n1,")
                || out.startsWith("series,y\n1,"), out);
        Quadric.line("evaluate --model " + temp.resolve("model") + " --data " + shards).succeeds();
    }

    @Test
    void furtherDataFollow() throws IOException {
        Path shards = temp.resolve("shards");
        String out = Quadric.line("data pack --json --target y --validation 0 --data " + table(60) + " --more "
                + table(30) + " --more " + table(60) + " --out " + shards).succeeds().out();
        assertEquals(150, ModelJson.document(out).get("train").asInt());
        train("--epochs 1 --data " + shards);
        Path other = temp.resolve("other");
        Quadric.line("data pack --data digits --more problem:addition --out " + other)
                .isRefused("--more problem:addition: ");
        Path few = Files.writeString(temp.resolve("short.csv"), "a,y\n1,yes\n2,no\n");
        Quadric.line("data pack --target y --validation 0 --data " + table(60) + " --more " + few + " --out "
                + other).isRefused("--more " + few + ": ");
        assertEquals(List.of(), names(other), "nothing is left of what was refused");
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @Test
    void shardsWithoutAManifestAreNotFinished() throws IOException {
        Path shards = temp.resolve("shards");
        Quadric.line("data pack --data digits --out " + shards).succeeds();
        assertEquals(List.of("shards.json", "test-0-00000.shard", "train-0-00000.shard"), names(shards));
        Files.delete(shards.resolve("shards.json"));
        Quadric.line("train --data " + shards).isRefused("'quadric data pack' was not finished");
    }

    /// Of the models for a kind of data the first one with the targets that were packed.
    @ParameterizedTest
    @CsvSource({"mnist-classifier", "mnist-autoencoder"})
    void theDefaultModelIsForThePackedTargets(String model) throws IOException {
        Path images = Files.createDirectory(temp.resolve("images"));
        byte[] labels = {0, 1, 2, 3, 4, 5, 6, 7, 8, 9};
        for (String part : List.of("train", "t10k")) {
            byte[] pixels = IdxFiles.bytes(IdxFiles.count(10 * 784), 10, 28, 28);
            IdxFiles.write(images.resolve(part + "-images-idx3-ubyte"), pixels);
            IdxFiles.write(images.resolve(part + "-labels-idx1-ubyte"), IdxFiles.bytes(labels, 10));
        }
        Path shards = temp.resolve("shards");
        Quadric.line("data pack --model " + model + " --data " + images + " --out " + shards).succeeds();
        String json = Quadric.line("train --steps 0 --json --data " + shards).succeeds().out();
        assertEquals(model, ModelJson.document(json).get("model").asText());
    }

    @Test
    void optionsOfTablesBelongToThePack() throws IOException {
        Path shards = temp.resolve("shards");
        Quadric.line("data pack --target y --data " + table(60) + " --out " + shards).succeeds();
        Quadric.line("train --target y --data " + shards)
                .isRefused("--target: " + shards + " is a table that was prepared when it was packed");
        Quadric.line("train --separator ; --data " + shards).isRefused("--separator: " + shards);
    }

    @Test
    void whatDoesNotFitIsRefusedInALine() throws IOException {
        Path shards = temp.resolve("shards");
        String pack = "data pack --data digits --out " + shards;
        Quadric.line(pack).succeeds();
        Quadric.line(pack).isRefused("there are shards in it, expected another folder or --overwrite");
        Quadric.line("data pack --overwrite --data " + shards + " --out " + shards)
                .isRefused("the command reads this folder");
        Quadric.line(pack + " --overwrite").succeeds();
        Quadric.line("data").isRefused("no command given, expected one of pack");
        Quadric.line("train --model mnist-mixture --data " + shards).isRefused("packed with the targets labels of 10");
        Quadric.line("cross-validate --data " + shards).isRefused("expected a table");
        Path shard = shards.resolve("train-1-00000.shard");
        Path model = temp.resolve("model");
        Quadric.line("train --steps 1 --out " + model + " --data " + shards).succeeds();
        for (Path file : List.of(shard, shards.resolve("shards.json"))) {
            Quadric.line("predict --model " + model + " --data " + shards + " --out " + file)
                    .isRefused("--out: " + file + ": the command reads this file");
            for (String option : List.of("--out", "--save", "--log", "--report")) {
                Quadric.line("train --steps 1 --data " + shards + " " + option + " " + file)
                        .isRefused(option + ": " + file + ": the command reads this file");
            }
        }
        byte[] bytes = Files.readAllBytes(shard);
        bytes[24 + 7 * (64 + 10) * 4 + 5] ^= 4;
        Files.write(shard, bytes);
        Quadric.line("train --steps 1 --data " + shards).isRefused(shard + ": record 7 is damaged");
    }

    /// 48 MB of images in a heap of 40 MB.
    @Test
    void dataMayBeLargerThanTheHeap() throws Exception {
        Path shards = temp.resolve("shards");
        SplittableRandom random = new SplittableRandom(5);
        Matrix x = Matrix.of(500, 600, random.doubles(500 * 600).toArray()).copy(Precision.FLOAT32);
        Matrix t = Matrix.of(500, 2, random.doubles(500 * 2).toArray()).copy(Precision.FLOAT32);
        try (ShardWriter writer = ShardWriter.open(shards, Replacing.NOTHING, 8 << 20)) {
            for (int i = 0; i < 40; i++) {
                writer.add(ShardFiles.TRAIN, Cases.of(new Batch(x, t)));
            }
            writer.commit(ModelJson.document("""
                    {"data": "random", "kind": "", "targets": "given", "shape": {"vector": 600}}"""));
        }
        assertTrue(ShardFiles.open(shards).bytes() > 48_000_000);
        Path model = Files.writeString(temp.resolve("model.json"), """
                {"network": {"input": {"vector": 600}, "layers": [{"type": "dense", "units": 2}]},
                 "loss": "squared-error", "targets": "given"}""");
        String line = "train --data " + shards + " --model " + model + " --optimizer kfac --batch-size 200 --steps 3"
                + " --threads 1";
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(), "--add-modules",
                "jdk.incubator.vector", "-Xmx40m", "-XX:TieredStopAtLevel=1", "-cp",
                System.getProperty("java.class.path"), Main.class.getName()));
        command.addAll(Arrays.asList(line.split(" ")));
        Path printed = temp.resolve("printed");
        Process process = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile())
                .start();
        assertTrue(process.waitFor(60, TimeUnit.SECONDS));
        assertEquals(0, process.exitValue(), () -> lines(printed));
    }

    private static String lines(Path file) {
        try (Stream<String> lines = Files.lines(file)) {
            return lines.filter(line -> line.startsWith("quadric: ") || line.contains("at io")).limit(20).toList()
                    .toString();
        } catch (IOException e) {
            return e.toString();
        }
    }
}
