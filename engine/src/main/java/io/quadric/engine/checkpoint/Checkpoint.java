package io.quadric.engine.checkpoint;

import io.quadric.engine.InputException;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.train.Snapshot;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/// A run and how far it has come.
///
/// @param run what it is
/// @param snapshot how far it has come
/// @param data what [#fingerprints] says of the data; empty in checkpoints made before there was such a thing
public record Checkpoint(RunSpec run, Snapshot snapshot, Map<String, String> data) {
    private static final int SHOWN = 12;

    /// Copies the map.
    public Checkpoint {
        data = Map.copyOf(data);
    }

    /// {@return the SHA-256 of the cases of each part of a data set}, `train` and perhaps `test`
    ///
    /// @param dataset prepared inputs and targets
    public static Map<String, String> fingerprints(Dataset dataset) {
        Map<String, String> parts = new TreeMap<>();
        parts.put("train", Digest.of(dataset.train()));
        dataset.test().ifPresent(test -> parts.put("test", Digest.of(test)));
        return parts;
    }

    /// Checks that a run goes on with the data it was made with.
    ///
    /// @param dataset with which it is to go on
    /// @throws InputException if some of the cases are others
    public void requireData(Dataset dataset) {
        Map<String, String> given = data.isEmpty() ? data : fingerprints(dataset);
        for (String part : new TreeSet<>(data.keySet())) {
            if (!data.get(part).equals(given.get(part))) {
                throw new InputException(dataset.name() + ": not the data of the checkpoint, the " + part
                        + " cases differ: SHA-256 " + shortened(given.getOrDefault(part, "of nothing")) + ", expected "
                        + shortened(data.get(part)));
            }
        }
    }

    private static String shortened(String digest) {
        return digest.length() > SHOWN ? digest.substring(0, SHOWN) + "…" : digest;
    }
}
