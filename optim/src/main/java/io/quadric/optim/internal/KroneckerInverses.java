package io.quadric.optim.internal;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.solver.KroneckerInverse;
import io.quadric.nn.ParameterLayout;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.optim.Archive;
import io.quadric.optim.curvature.KroneckerFactors;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleBiFunction;

/// The inverses of all damped Kronecker blocks of a network, applied to flat vectors: for each weight-and-bias block
/// [W b] ↦ (G + (√k/π) I)⁻¹ [W b] (A + π√k I)⁻¹. Other parameters are left alone.
public final class KroneckerInverses {
    private static final double RAISE = 10;
    private static final int RAISES = 12;

    private final List<AffineBlock> blocks;
    private final List<KroneckerInverse> inverses = new ArrayList<>();
    private final Workspace ws;
    private int raisedBlocks;

    public KroneckerInverses(ParameterLayout layout, Vector like, Workspace ws) {
        this(layout.blocks(), like.precision(), ws);
    }

    /// @param blocks all or none
    public KroneckerInverses(List<AffineBlock> blocks, Precision precision, Workspace ws) {
        this.blocks = blocks;
        this.ws = ws;
        for (AffineBlock block : blocks) {
            inverses.add(new KroneckerInverse(precision, block.outputs(), block.augmentedInputs()));
        }
    }

    /// Inverts all damped factors. Where that fails, the damping of that block is raised until it succeeds; if it never
    /// does, the previous inverses are kept; without any, the block stays where it is.
    ///
    /// @param damping k
    /// @param balanced whether the damping is split by the factors' traces; otherwise π = 1
    public void prepare(KroneckerFactors factors, double damping, boolean balanced) {
        prepare(factors, damping,
                (block, scratch) -> balanced ? KroneckerInverse.balance(block.left(), block.right()) : 1);
    }

    /// Does the same with another split of the damping.
    ///
    /// @param split π of a block, with G on the left and A on the right
    public void prepare(KroneckerFactors factors, double damping, ToDoubleBiFunction<Kronecker, Workspace> split) {
        raisedBlocks = 0;
        for (int i = 0; i < inverses.size(); i++) {
            Kronecker block = new Kronecker(factors.output(i), factors.input(i));
            double pi = split.applyAsDouble(block, ws);
            boolean inverted = inverses.get(i).prepare(block, pi, damping, ws);
            raisedBlocks += inverted ? 0 : 1;
            double raised = damping;
            for (int r = 0; r < RAISES && !inverted; r++) {
                raised *= RAISE;
                inverted = inverses.get(i).prepare(block, pi, raised, ws);
            }
        }
    }

    /// The number of blocks whose damping the last [#prepare] had to raise.
    public int raisedBlocks() {
        return raisedBlocks;
    }

    /// p ← P⁻¹ p
    public void apply(Vector p) {
        for (AffineBlock block : blocks) {
            apply(block, p);
        }
    }

    private void apply(AffineBlock block, Vector p) {
        try (var frame = ws.open()) {
            Matrix joined = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            Matrix solved = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            JoinedBlock.gather(block, p, joined);
            KroneckerInverse inverse = inverses.get(block.index());
            if (inverse.isPrepared()) {
                inverse.solve(joined, solved, ws);
            } else {
                solved.fill(0);
            }
            JoinedBlock.scatter(block, solved, p);
        }
    }

    public void serialize(Archive archive) {
        raisedBlocks = (int) archive.count("raisedBlocks", raisedBlocks);
        for (int i = 0; i < inverses.size(); i++) {
            archive.array("leftInverse." + i, inverses.get(i).leftInverse());
            archive.array("rightInverse." + i, inverses.get(i).rightInverse());
        }
    }
}
