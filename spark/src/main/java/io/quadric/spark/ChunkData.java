package io.quadric.spark;

import io.quadric.linalg.Matrix;
import io.quadric.nn.Batch;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Weights;
import java.io.Serializable;
import java.util.stream.IntStream;

/// A chunk of cases in arrays.
///
/// @param number of the chunk, from 0
/// @param inputs one row per case
/// @param targets one row per case, empty if they are the inputs
/// @param lengths of the cases, empty if all are full
/// @param weights of the cases, empty if all count 1
public record ChunkData(int number, Numbers inputs, Numbers targets, int[] lengths, double[] weights)
        implements Serializable {
    /// {@return a batch as a chunk}
    ///
    /// @param number of the chunk, from 0
    /// @param batch the cases
    public static ChunkData of(int number, Batch batch) {
        int n = batch.cases();
        boolean same = batch.targets() == batch.inputs();
        Matrix none = batch.targets().rows(0, 0);
        int longest = batch.lengths().areFull() ? 0 : Integer.MAX_VALUE;
        return new ChunkData(
                number,
                Numbers.of(batch.inputs()),
                Numbers.of(same ? none : batch.targets()),
                IntStream.range(0, longest == 0 ? 0 : n).map(i -> batch.lengths().at(i, longest)).toArray(),
                IntStream.range(0, batch.weights().areEqual() ? 0 : n).mapToDouble(batch.weights()::at).toArray());
    }

    /// {@return the number of cases}
    public int cases() {
        return inputs.rows();
    }

    /// {@return the sum of the weights of the cases}
    public double weight() {
        return ofWeights().sum(cases());
    }

    private Weights ofWeights() {
        return weights.length == 0 ? Weights.EQUAL : Weights.of(weights);
    }

    /// {@return the chunk as a batch, in views}
    public Batch batch() {
        Matrix x = inputs.matrix();
        Matrix t = targets.rows() == 0 ? x : targets.matrix();
        return new Batch(x, t, lengths.length == 0 ? Lengths.FULL : Lengths.of(lengths), ofWeights());
    }
}
