package io.quadric.optim.hessianfree;

import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.BatchRole;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.curvature.CurvatureMatrix;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.JudgedRun;
import io.quadric.optim.step.RateSchedule;
import java.util.OptionalLong;
import java.util.Set;

/// Block-diagonal Hessian-free optimisation (Zhang et al. 2017, Algorithm 1): for each block of layers, conjugate
/// gradients solve (B + dI)x = −∇f with the block's diagonal part B of the curvature matrix, each with its own start
/// and its own end; then θ ← θ + αδ for all blocks together. A product walks from the block to the output and back
/// (§2.1).
///
/// Blocks are solved concurrently if there are at least as many of them as threads, otherwise one after another with
/// all threads in its products; the result is the same to the bit.
///
/// @param curvature B; the paper has the Gauss-Newton matrix
/// @param partition the blocks
/// @param learningRate α
/// @param schedule αₖ / α
/// @param damping d, fixed
/// @param solver conjugate gradients
public record BlockHessianFree(
        @Tunable("curvature matrix") CurvatureMatrix curvature,
        Partition partition,
        @Tunable(value = "length α of the step", searchFrom = 0.01, searchTo = 10) double learningRate,
        RateSchedule schedule,
        @Tunable(value = "damping d of every block", searchFrom = 0.01, searchTo = 10) double damping,
        CgSettings solver)
        implements Optimizer {
    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public BlockHessianFree {
        Require.positive("learningRate", learningRate);
        Require.notNegative("damping", damping);
    }

    /// With the Gauss-Newton matrix and a constant rate.
    ///
    /// @param partition the blocks
    /// @param learningRate α
    /// @param damping d, fixed
    /// @param solver conjugate gradients
    public BlockHessianFree(Partition partition, double learningRate, double damping, CgSettings solver) {
        this(CurvatureMatrix.GAUSS_NEWTON, partition, learningRate, RateSchedule.CONSTANT, damping, solver);
    }

    /// The curvature batch too.
    @Override
    public Set<BatchRole> batches() {
        return Set.of(BatchRole.GRADIENT, BatchRole.CURVATURE);
    }

    /// The solutions of all blocks, from which CG starts.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(layout.size());
    }

    /// The gradient, the step, and the vectors of CG as if there were one block.
    @Override
    public long scratch(Network network, int cases) {
        return 6L * network.layout().size();
    }

    @Override
    public Run start(Start start) {
        return new JudgedRun("block-hessian-free", start, new BlockHessianFreeProposer(this, start));
    }
}
