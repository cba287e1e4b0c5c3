package io.quadric.optim.kronecker;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.analysis.FactorNorm;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.internal.KroneckerInverses;
import java.util.ArrayList;
import java.util.List;

/// The blocks A ⊗ G + kI of all layers, for factors that stay the same while several k are tried: either k is split
/// between the factors, which are inverted for each k, or it is added exactly, in eigenbases that serve all k.
final class DampedBlocks {
    private final KroneckerFactors factors;
    private final FactorNorm norm;
    private final KroneckerInverses inverses;
    private final List<EigenBlock> bases = new ArrayList<>();
    private final Workspace ws;
    private int troubled;

    DampedBlocks(KroneckerFactors factors, KroneckerGaussNewton.Blocks config, Start start) {
        this.factors = factors;
        this.norm = config.norm();
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        List<AffineBlock> blocks = start.parameters().layout().blocks();
        boolean exact = config.inverse() == KroneckerGaussNewton.BlockInverse.EXACT;
        inverses = new KroneckerInverses(exact ? List.of() : blocks, theta.precision(), ws);
        for (AffineBlock block : exact ? blocks : List.<AffineBlock>of()) {
            bases.add(new EigenBlock(block, theta.precision()));
        }
    }

    /// Has to be called when the factors have changed; [#damp] has to follow.
    void factor() {
        troubled = 0;
        for (EigenBlock block : bases) {
            int i = block.block().index();
            troubled += block.decompose(factors.input(i), factors.output(i), ws) ? 0 : 1;
            block.multiplyEigenvalues(ws);
        }
    }

    /// Takes k.
    void damp(double k) {
        inverses.prepare(factors, k, norm::balance);
        for (EigenBlock block : bases) {
            block.damp(k);
        }
    }

    /// p ← the blocks' solution for p; parameters outside the blocks are left alone.
    void apply(Vector p) {
        inverses.apply(p);
        for (EigenBlock block : bases) {
            block.apply(p, ws);
        }
    }

    /// What remains in use where factors cannot be inverted.
    void serialize(Archive archive) {
        troubled = (int) archive.count("troubled", troubled);
        inverses.serialize(archive);
        bases.forEach(block -> block.serialize(archive));
    }

    /// The number of blocks of which the factors could not be inverted as they are.
    int troubledBlocks() {
        return troubled + inverses.raisedBlocks();
    }
}
