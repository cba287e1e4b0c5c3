package io.quadric.engine.cases.shard;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.InputException;
import io.quadric.engine.cases.CaseForm;
import io.quadric.engine.cases.Cases;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.file.Reason;
import io.quadric.engine.file.WriteLock;
import io.quadric.nn.Batch;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Writes a folder of shards. It is there when the manifest is, which is written last and at once; until then, and if
/// the writer is killed, what was in the folder before stays as it was. Files that no manifest names are removed by the
/// next writer, and by this one when it is closed.
///
/// ```java
/// try (ShardWriter writer = ShardWriter.open(folder, Replacing.NOTHING, 64 << 20)) {
///     writer.add(ShardFiles.TRAIN, cases);
///     writer.commit(description);
/// }
/// ```
public final class ShardWriter implements AutoCloseable {
    /// Cases that are read at a time.
    private static final int BLOCK = 256;

    private final Path folder;
    private final WriteLock lock;
    private final long shardBytes;
    private final int generation;
    private final Map<String, PartWriter> parts = new LinkedHashMap<>();
    private Optional<RecordLayout> layout = Optional.empty();

    private ShardWriter(Path folder, WriteLock lock, int generation, long shardBytes) {
        this.folder = folder;
        this.lock = lock;
        this.generation = generation;
        this.shardBytes = shardBytes;
    }

    /// Whether shards that are there may be replaced.
    public enum Replacing {
        /// They may not.
        NOTHING,
        /// They may.
        SHARDS
    }

    /// Takes a folder, and makes it if there is none.
    ///
    /// @param folder the path
    /// @param replacing whether shards that are there may be replaced
    /// @param shardBytes the most bytes of a file, about
    /// @return to be closed
    /// @throws InputException if the folder cannot be written to, another process has it, or it has shards that may not
    ///     be replaced
    public static ShardWriter open(Path folder, Replacing replacing, long shardBytes) {
        requireReplaceable(folder, replacing);
        WriteLock lock = WriteLock.folder(folder);
        try {
            requireReplaceable(folder, replacing);
            removeAllBut(folder, known(folder));
            int last = known(folder).stream().mapToInt(ShardNames::generation).max().orElse(-1);
            return new ShardWriter(folder, lock, last + 1, shardBytes);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    private static void requireReplaceable(Path folder, Replacing replacing) {
        if (replacing == Replacing.NOTHING && ShardFiles.isOne(folder)) {
            throw new InputException(folder + ": there are shards in it, expected another folder or --overwrite");
        }
    }

    /// The files that a manifest names; none where there is no manifest that can be read.
    private static Set<String> known(Path folder) {
        Set<String> names = new HashSet<>();
        try {
            ShardManifest.read(folder).parts().values().forEach(
                    part -> part.shards().forEach(shard -> names.add(shard.file())));
        } catch (InputException e) {
            return Set.of();
        }
        return names;
    }

    private static void removeAllBut(Path folder, Set<String> kept) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                String name = file.getFileName().toString();
                if (ShardNames.isOne(name) && !kept.contains(name)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException e) {
            throw Reason.notWritten(folder, e);
        }
    }

    /// Appends cases to a part. The first ones decide what all have.
    ///
    /// @param part its name, in lower-case letters
    /// @param cases in any number
    /// @throws InputException if they are of another form than the cases before, or have weights or numbers of time
    ///     steps that those lack, or the other way round
    public void add(String part, Cases cases) {
        for (Batch batch : cases.blocks(BLOCK)) {
            RecordLayout its = layout(cases.form(), batch);
            if (!its.equals(layout.orElse(its))) {
                throw new InputException("cases of " + its + ", expected " + layout.get() + " as before");
            }
            layout = Optional.of(its);
            parts.computeIfAbsent(part, name -> new PartWriter(folder, name, generation, its, shardBytes))
                    .add(batch);
        }
    }

    private static RecordLayout layout(CaseForm form, Batch batch) {
        return new RecordLayout(form, !batch.lengths().areFull(), !batch.weights().areEqual());
    }

    /// Writes the manifest and removes the shards that it replaces.
    ///
    /// @param description of the data, for [ShardFiles#description]
    public void commit(JsonNode description) {
        RecordLayout common = layout.orElseThrow(() -> new IllegalStateException("no case was added"));
        Map<String, ShardPart> written = new LinkedHashMap<>();
        parts.forEach((name, part) -> written.put(name, part(part.finish(), common)));
        ShardManifest manifest = new ShardManifest(description, common, written);
        OutputFile.write(folder.resolve(ShardManifest.FILE),
                out -> out.write(manifest.text().getBytes(StandardCharsets.UTF_8)));
    }

    /// What was written is read again, so that digest and weight are those of the files.
    private ShardPart part(List<ShardEntry> entries, RecordLayout common) {
        int cases = entries.stream().mapToInt(ShardEntry::cases).sum();
        ShardPart unknown = new ShardPart(cases, cases, "", entries);
        ShardCases all = new ShardCases(folder, unknown, common, common.form());
        return new ShardPart(cases, all.summed(cases), Digest.of(all), entries);
    }

    @Override
    public void close() {
        try {
            parts.values().forEach(PartWriter::close);
            removeAllBut(folder, known(folder));
        } finally {
            lock.close();
        }
    }
}
