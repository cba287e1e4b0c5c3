package io.quadric.optim.kronecker;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.analysis.FactorNorm;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.internal.KroneckerInverses;
import java.util.ArrayList;
import java.util.List;

/// Solves with the blocks A ⊗ G + kI of all layers, for factors that stay the same while several k are tried.
sealed interface BlockSolver {
    /// Notes that the factors have changed; [#damp] has to follow.
    void factor();

    /// Takes k.
    void damp(double k);

    /// p ← the blocks' solution for p; parameters outside the blocks are left alone.
    void apply(Vector p);

    /// The number of blocks of which the factors could not be inverted as they are.
    int troubledBlocks();

    /// Splits k between the factors in the ratio of their norms.
    final class Split implements BlockSolver {
        private final KroneckerInverses inverses;
        private final FactorNorm norm;
        private final KroneckerFactors factors;

        Split(KroneckerFactors factors, FactorNorm norm, Start start) {
            this.factors = factors;
            this.norm = norm;
            inverses = new KroneckerInverses(
                    start.parameters().layout(), start.parameters().values(), start.ws());
        }

        @Override
        public void factor() {
            // the factors are inverted for each k
        }

        @Override
        public void damp(double k) {
            inverses.prepare(factors, k, norm::balance);
        }

        @Override
        public void apply(Vector p) {
            inverses.apply(p);
        }

        @Override
        public int troubledBlocks() {
            return inverses.raisedBlocks();
        }
    }

    /// Adds k exactly, in the eigenbases of the factors.
    final class Exact implements BlockSolver {
        private final List<EigenBlock> blocks = new ArrayList<>();
        private final KroneckerFactors factors;
        private final Workspace ws;
        private int troubled;

        Exact(KroneckerFactors factors, Start start) {
            this.factors = factors;
            this.ws = start.ws();
            for (AffineBlock block : start.parameters().layout().blocks()) {
                blocks.add(new EigenBlock(block, start.parameters().values().precision()));
            }
        }

        @Override
        public void factor() {
            troubled = 0;
            for (EigenBlock block : blocks) {
                int i = block.block().index();
                troubled += block.decompose(factors.input(i), factors.output(i), ws) ? 0 : 1;
                block.multiplyEigenvalues(ws);
            }
        }

        @Override
        public void damp(double k) {
            blocks.forEach(block -> block.damp(k));
        }

        @Override
        public void apply(Vector p) {
            blocks.forEach(block -> block.apply(p, ws));
        }

        @Override
        public int troubledBlocks() {
            return troubled;
        }
    }
}
