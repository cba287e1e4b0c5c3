/// Files of cases for data that are larger than the memory: a folder of shards, each a row of records of one length
/// with their checksums, and a manifest that says what they are.
///
/// [io.quadric.engine.cases.shard.ShardWriter] writes them, [io.quadric.engine.cases.shard.ShardFiles] reads them.
package io.quadric.engine.cases.shard;
