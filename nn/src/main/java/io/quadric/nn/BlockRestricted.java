package io.quadric.nn;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.ParameterSlice;
import java.util.List;

/// The diagonal block of a matrix over all parameters that belongs to some of the parameter arrays: the direction is
/// zero outside the block and the product is read inside it. Its vectors are the arrays one after another.
///
/// @param whole the matrix over all parameters
/// @param slices the arrays of the block, without repetition
public record BlockRestricted(SelfAdjointOperator whole, List<ParameterSlice> slices) implements SelfAdjointOperator {
    /// Copies the slices.
    ///
    /// @throws IllegalArgumentException if there is none, or one lies outside the matrix
    public BlockRestricted {
        slices = List.copyOf(slices);
        if (slices.isEmpty()) {
            throw new IllegalArgumentException("a block needs at least one parameter array");
        }
        for (ParameterSlice slice : slices) {
            if (slice.offset() + slice.size() > whole.size()) {
                throw new IllegalArgumentException("'" + slice.name() + "' ends at " + (slice.offset() + slice.size())
                        + ", the matrix has order " + whole.size());
            }
        }
    }

    @Override
    public int size() {
        return slices.stream().mapToInt(ParameterSlice::size).sum();
    }

    @Override
    public Precision precision() {
        return whole.precision();
    }

    @Override
    public void apply(Vector v, Vector product, Workspace ws) {
        check(v, product);
        try (var frame = ws.open()) {
            Vector direction = frame.vector(precision(), whole.size());
            Vector image = frame.vector(precision(), whole.size());
            direction.fill(0);
            scatter(v, direction);
            whole.apply(direction, image, ws);
            gather(image, product);
        }
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
}
