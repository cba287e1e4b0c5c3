package io.quadric.nn.chunk;

import io.quadric.nn.Model;

/// What layers that normalise by the batch take for it where a batch is in chunks.
public enum ChunkNormalization {
    /// The whole batch, which a chunk does not have: models with such layers are refused.
    REFUSED,
    /// The chunk, "ghost batch normalisation" (Hoffer, Hubara & Soudry 2017, §4). f is the mean of the chunks'
    /// objectives, each with the mean and variance of its own cases, and all derivatives are those of this f. It is not
    /// the f of the whole batch, and depends on the chunks.
    BY_CHUNK;

    /// Checks that a model can be trained on chunks.
    ///
    /// @param model the model
    /// @throws IllegalArgumentException if its layers normalise by the batch and this is not allowed
    public void require(Model model) {
        if (this == REFUSED && model.network().hasStatistics()) {
            throw new IllegalArgumentException("a layer normalises by mean and variance of the whole batch, which a "
                    + "chunk does not have; expected whole batches, or normalisation by chunk");
        }
    }
}
