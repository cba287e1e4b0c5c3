package io.quadric.optim;

import io.quadric.nn.AffineBlock;
import io.quadric.nn.ParameterLayout;
import java.util.function.ToLongFunction;

/// Sizes that the predictions of [Optimizer#memory] are made of (Ren 2022, Tables 2.1, 3.1 and 4.1).
final class Footprint {
    private Footprint() {}

    static long blocks(ParameterLayout layout, ToLongFunction<AffineBlock> size) {
        return layout.blocks().stream().mapToLong(size).sum();
    }

    /// One matrix for each Kronecker factor: (inputs + 1)² and outputs².
    static long factors(ParameterLayout layout) {
        return blocks(layout, block -> square(block.augmentedInputs()) + square(block.outputs()));
    }

    /// One matrix for each axis of every array.
    static long axes(ParameterLayout layout, TensorView view) {
        return layout.slices().stream()
                .flatMap(slice -> view.dimensions(slice.spec()).stream())
                .mapToLong(Footprint::square)
                .sum();
    }

    static long square(long n) {
        return n * n;
    }
}
