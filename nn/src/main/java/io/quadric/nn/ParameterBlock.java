package io.quadric.nn;

import io.quadric.linalg.Vector;
import io.quadric.nn.layer.ParameterSlice;
import java.util.List;

/// Some of a network's parameter arrays. A vector of the block holds them one after another.
public final class ParameterBlock {
    private final List<ParameterSlice> slices;
    private final int size;

    /// A block of arrays.
    ///
    /// @param slices the arrays, without repetition
    /// @throws IllegalArgumentException if there is none
    public ParameterBlock(List<ParameterSlice> slices) {
        if (slices.isEmpty()) {
            throw new IllegalArgumentException("a block needs at least one parameter array");
        }
        this.slices = List.copyOf(slices);
        this.size = slices.stream().mapToInt(ParameterSlice::size).sum();
    }

    /// {@return the arrays in order}
    public List<ParameterSlice> slices() {
        return slices;
    }

    /// {@return the number of elements of all arrays}
    public int size() {
        return size;
    }

    /// part ← the block's elements of a flat vector.
    ///
    /// @param flat over all parameters
    /// @param part overwritten, [#size()] elements
    public void gather(Vector flat, Vector part) {
        int from = 0;
        for (ParameterSlice slice : slices) {
            part.slice(from, from + slice.size()).copyFrom(slice.of(flat));
            from += slice.size();
        }
    }

    /// Writes the block's elements into a flat vector and leaves the others alone.
    ///
    /// @param part [#size()] elements
    /// @param flat over all parameters
    public void scatter(Vector part, Vector flat) {
        int from = 0;
        for (ParameterSlice slice : slices) {
            slice.of(flat).copyFrom(part.slice(from, from + slice.size()));
            from += slice.size();
        }
    }

    void requireWithin(int parameters) {
        for (ParameterSlice slice : slices) {
            if (slice.offset() + slice.size() > parameters) {
                throw new IllegalArgumentException("'" + slice.name() + "' ends at " + (slice.offset() + slice.size())
                        + ", the matrix has order " + parameters);
            }
        }
    }
}
