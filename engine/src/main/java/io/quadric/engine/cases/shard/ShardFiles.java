package io.quadric.engine.cases.shard;

import com.fasterxml.jackson.databind.JsonNode;
import io.quadric.engine.cases.CaseForm;
import io.quadric.engine.cases.Cases;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;

/// A folder of shards.
public final class ShardFiles {
    /// The cases to train on.
    public static final String TRAIN = "train";

    /// The cases to test with.
    public static final String TEST = "test";

    private final Path folder;
    private final ShardManifest manifest;

    private ShardFiles(Path folder, ShardManifest manifest) {
        this.folder = folder;
        this.manifest = manifest;
    }

    /// {@return whether a folder has a manifest of shards}
    ///
    /// @param folder the path
    public static boolean isOne(Path folder) {
        return Files.exists(folder.resolve(ShardManifest.FILE));
    }

    /// {@return whether a folder has shards without a manifest, as the writer leaves it when it is killed}
    ///
    /// @param folder the path
    public static boolean isUnfinished(Path folder) {
        if (!Files.isDirectory(folder) || isOne(folder)) {
            return false;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.anyMatch(file -> ShardNames.isOne(file.getFileName().toString()));
        } catch (IOException e) {
            return false;
        }
    }

    /// {@return the shards of a folder}
    ///
    /// @param folder the path
    /// @throws io.quadric.engine.InputException if the manifest cannot be read or is damaged
    public static ShardFiles open(Path folder) {
        return new ShardFiles(folder, ShardManifest.read(folder));
    }

    /// {@return what the writer said of the data}
    public JsonNode description() {
        return manifest.description();
    }

    /// {@return what the cases have in common as they are stored}
    public CaseForm form() {
        return manifest.layout().form();
    }

    /// {@return how many cases a part has}; 0 if there is none of that name.
    ///
    /// @param part its name
    public int cases(String part) {
        return manifest.parts().containsKey(part) ? manifest.parts().get(part).cases() : 0;
    }

    /// {@return how many files there are beside the manifest}
    public int shards() {
        return manifest.parts().values().stream().mapToInt(part -> part.shards().size()).sum();
    }

    /// {@return the bytes of all shards}
    public long bytes() {
        return manifest.parts().values().stream()
                .flatMap(part -> part.shards().stream())
                .mapToLong(shard -> ShardHeader.fileBytes(manifest.layout(), shard.cases()))
                .sum();
    }

    /// Opens a part. Its files are mapped, and their headers and checksums compared with the manifest; records are
    /// compared with their checksums as they are read.
    ///
    /// @param part its name
    /// @param form that is wanted: the stored one, in any precision, with the stored targets or the inputs as targets
    /// @return the cases, if there is such a part
    /// @throws io.quadric.engine.InputException if a file is missing or damaged
    public Optional<Cases> open(String part, CaseForm form) {
        return Optional.ofNullable(manifest.parts().get(part))
                .map(known -> new ShardCases(folder, known, manifest.layout(), form));
    }
}
