package io.quadric.nn.chunk;

import io.quadric.linalg.Vector;
import io.quadric.nn.Draws;
import io.quadric.nn.Objective;

/// Computes means over all cases of all chunks, at the θ for which it was opened. Each chunk computes its own mean; the
/// results, times the chunks' shares of the weight, are added in the order of a [TreeSum].
public interface ChunkExecutor extends AutoCloseable {
    /// Computes a mean over all cases.
    ///
    /// @param quantity what is computed
    /// @param argument the vector that it depends on, or an empty one
    /// @param draws a stream of random numbers for each chunk
    /// @param mean overwritten
    /// @return the scalar part
    double mean(Objective.Mean quantity, Vector argument, Draws.Streams draws, Vector mean);

    /// Gives back what was held for this θ.
    @Override
    void close();
}
