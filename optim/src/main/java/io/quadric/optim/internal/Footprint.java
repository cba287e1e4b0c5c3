package io.quadric.optim.internal;

import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.AffineBlock;
import java.util.function.ToLongFunction;

/// Sizes that predictions of [io.quadric.optim.Optimizer#memory] add up (Ren 2022, Tables 2.1, 3.1 and 4.1).
public final class Footprint {
    private Footprint() {}

    public static long blocks(ParameterLayout layout, ToLongFunction<AffineBlock> size) {
        return layout.blocks().stream().mapToLong(size).sum();
    }

    /// One matrix for each Kronecker factor: (inputs + 1)² and outputs².
    public static long factors(ParameterLayout layout) {
        return blocks(layout, block -> square(block.augmentedInputs()) + square(block.outputs()));
    }

    /// The gradient and the step, and a copy of the factors and of their inverses while they are computed.
    public static long scratch(ParameterLayout layout) {
        return 2 * (layout.size() + factors(layout));
    }

    public static long square(long n) {
        return n * n;
    }
}
