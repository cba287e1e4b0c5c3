package io.quadric.linalg.operator;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.List;

/// diag(A₁, A₂, …), acting on successive slices.
///
/// @param blocks A₁, A₂, …, at least one, of one precision
public record BlockDiagonal(List<SelfAdjointOperator> blocks) implements SelfAdjointOperator {
    /// Copies the list and checks it.
    ///
    /// @throws IllegalArgumentException if it is empty or mixes precisions
    public BlockDiagonal {
        blocks = List.copyOf(blocks);
        if (blocks.stream().map(SelfAdjointOperator::precision).distinct().count() != 1) {
            throw new IllegalArgumentException("blocks of one precision expected, got " + blocks.size() + " blocks of "
                    + blocks.stream().map(SelfAdjointOperator::precision).distinct().toList());
        }
    }

    @Override
    public int size() {
        return blocks.stream().mapToInt(SelfAdjointOperator::size).sum();
    }

    @Override
    public Precision precision() {
        return blocks.getFirst().precision();
    }

    @Override
    public void apply(Vector x, Vector y, Workspace ws) {
        check(x, y);
        int from = 0;
        for (SelfAdjointOperator block : blocks) {
            int to = from + block.size();
            block.apply(x.slice(from, to), y.slice(from, to), ws);
            from = to;
        }
    }
}
