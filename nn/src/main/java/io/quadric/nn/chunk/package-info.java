/// The objective on cases in chunks: memory is bounded by the chunk, and chunks may be anywhere.
///
/// [io.quadric.nn.chunk.Chunks] are cases in memory that are taken chunk by chunk. Its
/// [objective][io.quadric.nn.chunk.ChunkedObjective] asks a [io.quadric.nn.chunk.ChunkExecutor] for means over all
/// cases, which are added up in a [fixed tree][io.quadric.nn.chunk.TreeSum]: the same bits for any number of threads
/// and machines. Start with `Chunks.of`; for chunks elsewhere, write a `ChunkExecutor`.
package io.quadric.nn.chunk;
