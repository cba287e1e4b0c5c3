package io.quadric.engine.cases.shard;

/// What the manifest says of a file.
///
/// @param file its name in the folder
/// @param cases records in it
/// @param digest SHA-256 of its header and of the checksums of its records
record ShardEntry(String file, int cases, String digest) {}
