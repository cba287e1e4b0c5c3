package io.quadric.engine.cases.shard;

import java.util.List;

/// What the manifest says of some of the cases, those to train on or those to test with.
///
/// @param cases how many there are
/// @param weight the sum of their weights
/// @param digest as of [io.quadric.engine.cases.Digest#of]
/// @param shards the files, in the order of the cases
record ShardPart(int cases, double weight, String digest, List<ShardEntry> shards) {
    /// Copies the list.
    ShardPart {
        shards = List.copyOf(shards);
    }
}
