package io.quadric.engine.torture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.management.ThreadMXBean;
import io.quadric.engine.InputException;
import io.quadric.engine.array.IdxReader;
import io.quadric.engine.array.MatFiles;
import io.quadric.engine.array.NpyFile;
import io.quadric.engine.array.NpzFile;
import io.quadric.engine.array.SafetensorsFile;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.checkpoint.CheckpointFile;
import io.quadric.engine.cli.Quadric;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.IdxFiles;
import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.OutcomeFile;
import io.quadric.engine.experiment.RunEnd;
import io.quadric.engine.file.Input;
import io.quadric.engine.fixtures.Fixtures;
import io.quadric.engine.image.ImageFolder;
import io.quadric.engine.image.ImageRules;
import io.quadric.engine.image.Images;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.json.SubjectJson;
import io.quadric.engine.model.ModelFile;
import io.quadric.engine.report.LogFile;
import io.quadric.engine.report.MachineLoad;
import io.quadric.engine.table.ColumnRules;
import io.quadric.engine.table.file.CsvFile;
import io.quadric.engine.table.file.CsvFormat;
import io.quadric.engine.table.file.LibsvmFile;
import io.quadric.engine.table.file.ParquetFile;
import io.quadric.engine.train.TrainingOutcome;
import io.quadric.linalg.Precision;
import io.quadric.nn.Batch;
import io.quadric.verify.RandomNetworks;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Every reader on files that were changed by [Mutation]: it reads them or refuses them in its own words and in time,
/// takes no memory for what a header claims, and takes no damaged file for a good one where there is a checksum. The
/// long form (`-Dquadric.torture=true`) has 100,000 files for each reader, or as many as `-Dquadric.torture.files`
/// says, and with `-Dquadric.torture.readers` only those readers whose names match. `target/readers.txt` has how many
/// were read.
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReaderMutationTest {
    private static final int FILES = Boolean.getBoolean("quadric.torture")
            ? Integer.getInteger("quadric.torture.files", 100_000)
            : 250;
    private static final String CHOSEN = System.getProperty("quadric.torture.readers", ".*");
    private static final long SEED = Long.getLong("quadric.torture.seed", 1);

    /// A reader may take so many bytes whatever it reads, and so many for each byte of the file.
    private static final long BYTES = 48 << 20;
    private static final long BYTES_FOR_A_BYTE = 2000;

    /// Seconds that a file may take.
    private static final long LONGEST = 60;

    private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();

    @TempDir
    private static Path temp;

    /// What reads a file, and the file that is changed.
    enum Reader {
        IDX("images") {
            @Override
            Object read(Path file) {
                return Arrays.hashCode(IdxReader.read(file, 3).values());
            }
        },
        IDX_GZIP("images.gz") {
            @Override
            Object read(Path file) throws IOException {
                return IDX.read(file);
            }
        },
        MAT("svhn/train_32x32.mat") {
            @Override
            Object read(Path file) {
                Batch batch = DataSource.named("svhn:" + file.getParent())
                        .load(new Task.Classification(10), Precision.FLOAT32).train().batch();
                return Arrays.deepHashCode(new Object[]{batch.inputs().toArray(), batch.targets().toArray()});
            }
        },
        MAT_COMPRESSED("svhn-compressed/train_32x32.mat") {
            @Override
            Object read(Path file) throws IOException {
                return MAT.read(file);
            }
        },
        CIFAR("cifar/data_batch_1.bin") {
            @Override
            Object read(Path file) {
                return DataSource.named("cifar-10:" + file.getParent())
                        .load(new Task.Classification(10), Precision.FLOAT32).train().cases();
            }
        },
        CSV("table.csv") {
            @Override
            Object read(Path file) {
                return CsvFile.read(Input.of(file), CsvFormat.detected(), ColumnRules.inferred()).rows();
            }
        },
        LIBSVM("table.libsvm") {
            @Override
            Object read(Path file) {
                return LibsvmFile.read(Input.of(file), Precision.FLOAT32, OptionalInt.empty()).rows();
            }
        },
        PARQUET("table.parquet") {
            @Override
            Object read(Path file) {
                return ParquetFile.read(file, ColumnRules.target("price")).rows();
            }
        },
        PARQUET_SNAPPY("snappy.parquet") {
            @Override
            Object read(Path file) throws IOException {
                return PARQUET.read(file);
            }
        },
        NPY("array.npy") {
            @Override
            Object read(Path file) {
                return NpyFile.read(Input.of(file)).size();
            }
        },
        NPZ("arrays.npz") {
            @Override
            Object read(Path file) {
                return NpzFile.read(file);
            }
        },
        SAFETENSORS("weights.safetensors") {
            @Override
            Object read(Path file) {
                return SafetensorsFile.read(Input.of(file)).tensors().size();
            }
        },
        IMAGE("pictures/a/1.png") {
            @Override
            Object read(Path file) {
                Images images = ImageFolder.read(temp.resolve("pictures"), ImageRules.checked());
                return Arrays.deepHashCode(new Object[]{images.pixels(), images.labels()});
            }
        },
        MODEL_JSON("model.json") {
            @Override
            Object read(Path file) {
                return ModelJson.read(file).model().network().layout().size();
            }
        },
        SUBJECT_JSON("subject.json") {
            @Override
            Object read(Path file) {
                return SubjectJson.read(file).name();
            }
        },
        MODEL("a.model") {
            @Override
            Object read(Path file) {
                return Arrays.toString(ModelFile.read(file).parameters().values().toArray());
            }
        },
        CHECKPOINT("run.checkpoint") {
            @Override
            Object read(Path file) {
                return Arrays.toString(CheckpointFile.read(file).snapshot().parameters().toArray());
            }
        },
        LOG("run.log") {
            @Override
            Object read(Path file) {
                return LogFile.curve("a", LogFile.lines(file)).points().size();
            }
        },
        SHARD("shards/train-0-00000.shard") {
            @Override
            Object read(Path file) {
                Batch batch = DataSource.named(file.getParent().toString())
                        .load(new Task.Classification(10), Precision.FLOAT32).train().batch();
                return Arrays.deepHashCode(new Object[]{batch.inputs().toArray(), batch.targets().toArray()});
            }
        },
        MANIFEST("shards/shards.json") {
            @Override
            Object read(Path file) throws IOException {
                return SHARD.read(file);
            }
        },
        /// With the right checksum, whatever it claims.
        SIGNED_MANIFEST("signed/shards.json") {
            @Override
            Object read(Path file) throws IOException {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                int end = text.lastIndexOf("  \"checksum\" : ");
                if (end >= 0) {
                    Digest digest = new Digest();
                    digest.add(text.substring(0, end).getBytes(StandardCharsets.ISO_8859_1));
                    Files.writeString(file, text.substring(0, end) + "  \"checksum\" : \"" + digest.hex() + "\"\n}\n",
                            StandardCharsets.ISO_8859_1);
                }
                return SHARD.read(file);
            }
        },
        OUTCOME("run.end") {
            @Override
            Object read(Path file) {
                return OutcomeFile.read(file).toString();
            }
        },
        FIXTURE("fixture.json") {
            @Override
            Object read(Path file) {
                return Fixtures.read(file).name();
            }
        };

        private static final Set<Reader> CHECKED = EnumSet.of(
                MODEL, CHECKPOINT, NPZ, IDX_GZIP, MAT_COMPRESSED, IMAGE, SHARD, MANIFEST);

        private final String file;

        Reader(String file) {
            this.file = file;
        }

        abstract Object read(Path file) throws IOException;

        /// Whether other bytes must not be read as if they were right.
        boolean hasChecksum() {
            return CHECKED.contains(this);
        }
    }

    @BeforeAll
    static void files() throws IOException {
        IdxFiles.write(temp.resolve("images"), IdxFiles.bytes(IdxFiles.count(24), 4, 2, 3));
        IdxFiles.write(temp.resolve("images.gz"), IdxFiles.bytes(IdxFiles.count(24), 4, 2, 3));
        Files.createDirectories(temp.resolve("cifar"));
        MatFiles.svhn(temp.resolve("svhn"), "train", 2, MatFiles.Packing.PLAIN);
        MatFiles.svhn(temp.resolve("svhn-compressed"), "train", 2, MatFiles.Packing.COMPRESSED);
        Files.write(temp.resolve("cifar/data_batch_1.bin"), new byte[3 * 3073]);
        String rows = "a,b,\"c d\",y\n" + "1,2.5,x,3\n2,,\"say \"\"hi\"\"\",4\n0,1e3,z,1\n3,0,x,5\n".repeat(5);
        Files.writeString(temp.resolve("table.csv"), rows);
        Files.writeString(temp.resolve("table.libsvm"), "1 1:2 3:1\n-1 2:1e3 # none\n".repeat(8));
        for (String[] copied : new String[][]{
            {"table/file/none.parquet", "table.parquet"}, {"table/file/snappy.parquet", "snappy.parquet"},
            {"array/f4.npy", "array.npy"},
            {"array/compressed.npz", "arrays.npz"}, {"array/reference.safetensors", "weights.safetensors"}}) {
            try (InputStream in = ReaderMutationTest.class.getResourceAsStream("/io/quadric/engine/" + copied[0])) {
                Files.write(temp.resolve(copied[1]), in.readAllBytes());
            }
        }
        for (String folder : new String[]{"a", "b"}) {
            Path pictures = Files.createDirectories(temp.resolve("pictures").resolve(folder));
            ImageIO.write(new BufferedImage(5, 4, BufferedImage.TYPE_BYTE_GRAY), "png", pictures.resolve("1.png")
                    .toFile());
        }
        Quadric.line("train --optimizer kfac --steps 4 --threads 1 --eval-every 2 --data " + temp.resolve("table.csv")
                + " --out " + temp.resolve("a.model") + " --save " + temp.resolve("run.checkpoint") + " --log "
                + temp.resolve("run.log")).succeeds();
        Quadric.line("data pack --data first:digits,cases=6 --out " + temp.resolve("shards")).succeeds();
        Quadric.line("data pack --data first:digits,cases=6 --out " + temp.resolve("signed")).succeeds();
        Files.writeString(temp.resolve("model.json"), ModelJson.write(
                CheckpointFile.read(temp.resolve("run.checkpoint")).run().model()).toPrettyString());
        Files.writeString(temp.resolve("subject.json"), SubjectJson.write(
                RandomNetworks.many(1, 3).findFirst().orElseThrow()).toString());
        OutcomeFile.write(temp.resolve("run.end"), new RunEnd(
                new TrainingOutcome.Stopped("target \"1\" reached"), OptionalLong.of(7),
                Optional.of(MachineLoad.meter(2).load())));
        Path fixtures = Path.of("src/test/resources/fixtures/derivatives");
        try (var all = Files.walk(fixtures)) {
            Path smallest = all.filter(file -> file.toString().endsWith(".json"))
                    .min((a, b) -> Long.compare(a.toFile().length(), b.toFile().length())).orElseThrow();
            Files.copy(smallest, temp.resolve("fixture.json"));
        }
    }

    @AfterAll
    void stopClock() {
        clock.shutdownNow();
    }

    /// It is behind the last byte that a reader needs.
    @ParameterizedTest
    @EnumSource
    void aWrongChecksumOfGzipIsSeen(Reader reader) throws IOException {
        Path file = temp.resolve(reader.file);
        byte[] original = Files.readAllBytes(file);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(original);
        }
        byte[] damaged = out.toByteArray();
        damaged[damaged.length - 8] ^= 1;
        Files.write(file, damaged);
        try {
            assertThrows(InputException.class, () -> reader.read(file));
        } finally {
            Files.write(file, original);
        }
    }

    @ParameterizedTest
    @EnumSource
    void changedFilesAreReadOrRefused(Reader reader) throws IOException {
        assumeTrue(reader.name().matches(CHOSEN));
        Path file = temp.resolve(reader.file);
        byte[] original = Files.readAllBytes(file);
        Object expected = reader.read(file);
        int read = 0;
        for (int i = 0; i < FILES; i++) {
            Mutation mutation = new Mutation(SEED + i);
            boolean damaged = reader.hasChecksum() && i % 2 == 0;
            byte[] changed = damaged ? mutation.damaged(original) : mutation.of(original);
            Files.write(file, changed);
            String what = reader + ", seed " + (SEED + i);
            long before = THREAD.getCurrentThreadAllocatedBytes();
            long start = System.nanoTime();
            Future<?> alarm = clock.schedule(Thread.currentThread()::interrupt, LONGEST, TimeUnit.SECONDS);
            try {
                Object now = reader.read(file);
                read++;
                assertTrue(!damaged || expected.equals(now), () -> what + ": read as if it were undamaged");
            } catch (InputException e) {
                assertEquals(1, e.getMessage().lines().count(), what);
                assertTrue(e.getMessage().length() < 1400, what);
            } catch (RuntimeException | Error e) {
                Files.write(Path.of("target", "torture-" + reader), changed);
                throw new AssertionError(what + ": " + e + ", the file is in target", e);
            }
            alarm.cancel(false);
            if (System.nanoTime() - start > TimeUnit.SECONDS.toNanos(LONGEST)) {
                Files.write(Path.of("target", "torture-" + reader), changed);
                throw new AssertionError(what + ": took more than " + LONGEST + " s, the file is in target");
            }
            long taken = THREAD.getCurrentThreadAllocatedBytes() - before;
            long most = BYTES + BYTES_FOR_A_BYTE * changed.length;
            assertTrue(taken < most, () -> what + ": took " + taken + " bytes for " + changed.length);
        }
        Files.write(file, original);
        Files.createDirectories(Path.of("target"));
        Files.writeString(Path.of("target", "readers.txt"), reader + ": " + read + " of " + FILES + " files read\n",
                StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        assertTrue(read < FILES, reader + " refuses nothing");
    }
}
