package io.quadric.optim.kronecker;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.curvature.KroneckerFactors;
import io.quadric.optim.internal.JoinedBlock;
import java.util.ArrayList;
import java.util.List;

/// The blocks A ⊗ G of all layers with a damping relative to their own size and the L2 penalty's η, shared out by π as
/// Martens & Grosse (2015, §6.3) do, (A + √λ D_A + π√η I) ⊗ (G + √λ D_G + √η/π I), and for parameters outside of blocks
/// a diagonal d with (1 + λ)d + η. D_A is the diagonal matrix of m (A_jj/m)^ξ with the mean m of the diagonal of A: the
/// scaled identity for ξ = 0, Marquardt's scaling for ξ = 1.
final class RelativeBlocks {
    /// Least element of a diagonal, as a share of its mean: what was not active yet may be soon.
    private static final double SMALLEST_OF_FACTOR = 1e-6;
    private static final double SMALLEST_OF_SLICE = 0.01;
    private static final double RAISE = 3;
    private static final int RAISES = 24;

    private final double exponent;
    private final double penalty;
    private final List<AffineBlock> blocks;
    private final List<ParameterSlice> slices;
    private final List<Matrix> left = new ArrayList<>();
    private final List<Matrix> right = new ArrayList<>();
    private final Vector scale;
    private final Workspace ws;
    private int troubled;

    RelativeBlocks(double exponent, Start start) {
        this.exponent = exponent;
        penalty = start.model().l2();
        ws = start.ws();
        blocks = start.parameters().layout().blocks();
        slices = start.parameters().layout().directSlices();
        Vector theta = start.parameters().values();
        scale = Vector.zeros(theta.precision(), theta.size()).fill(1);
        for (AffineBlock block : blocks) {
            left.add(Matrix.zeros(theta.precision(), block.outputs(), block.outputs()));
            right.add(Matrix.zeros(theta.precision(), block.augmentedInputs(), block.augmentedInputs()));
        }
    }

    /// D = D_G D_Aᵀ of every block, and d outside of blocks, as a flat vector: the matrix that λ is the factor of.
    Vector scale() {
        return scale;
    }

    /// Takes factors, diagonal and λ. Where a damped factor is not positive definite, its damping is raised.
    ///
    /// @param diagonal d of the parameters outside of blocks; empty if there are none
    void prepare(KroneckerFactors factors, Vector diagonal, double lambda) {
        troubled = 0;
        for (AffineBlock block : blocks) {
            prepare(block, factors, Math.sqrt(lambda));
        }
        for (ParameterSlice slice : slices) {
            Vector d = slice.of(diagonal);
            double mean = d.sum() / d.size();
            Vector own = slice.of(scale);
            for (int j = 0; j < d.size(); j++) {
                own.set(j, mean > 0 ? Math.max(d.get(j), SMALLEST_OF_SLICE * mean) : 1);
            }
        }
    }

    private void prepare(AffineBlock block, KroneckerFactors factors, double root) {
        Matrix a = factors.input(block.index());
        Matrix g = factors.output(block.index());
        try (var frame = ws.open()) {
            Vector ofInputs = frame.vector(scale.precision(), a.rows());
            Vector ofOutputs = frame.vector(scale.precision(), g.rows());
            weigh(a, ofInputs);
            weigh(g, ofOutputs);
            Matrix joined = frame.matrix(scale.precision(), g.rows(), a.rows());
            Gemm.SET.outer(ofOutputs, ofInputs, joined, ws);
            JoinedBlock.scatter(block, joined, scale);
            double share = Math.sqrt(penalty);
            double pi = pi(a, g);
            boolean inverted = invert(g, ofOutputs.scale(root), share / pi, left.get(block.index()));
            inverted &= invert(a, ofInputs.scale(root), share * pi, right.get(block.index()));
            troubled += inverted ? 0 : 1;
        }
    }

    /// d ← m (A_jj/m)^ξ; 1 for a factor that is zero.
    private void weigh(Matrix factor, Vector d) {
        double mean = factor.trace() / factor.rows();
        for (int j = 0; j < factor.rows(); j++) {
            double share = Math.max(factor.get(j, j) / mean, SMALLEST_OF_FACTOR);
            d.set(j, mean > 0 ? Math.pow(share, exponent) * mean : 1);
        }
    }

    /// The root of the quotient of mean eigenvalues; 1 where a factor is zero.
    private static double pi(Matrix a, Matrix g) {
        double pi = Math.sqrt(a.trace() / a.rows() / (g.trace() / g.rows()));
        return pi > 0 && Double.isFinite(pi) ? pi : 1;
    }

    /// The inverse of factor + diag(d) + shift I.
    private boolean invert(Matrix factor, Vector d, double shift, Matrix inverse) {
        double raised = 1;
        try (var frame = ws.open()) {
            Matrix damped = frame.matrix(factor.precision(), factor.rows(), factor.rows());
            for (int r = 0; r <= RAISES; r++) {
                damped.copyFrom(factor);
                for (int j = 0; j < d.size(); j++) {
                    damped.set(j, j, damped.get(j, j) + raised * (d.get(j) + shift));
                }
                if (Cholesky.factorInPlace(damped, ws) instanceof Cholesky.Outcome.Factored(Cholesky done)) {
                    done.inverse(inverse, ws);
                    return r == 0;
                }
                raised *= RAISE;
            }
        }
        return false;
    }

    /// p ← the damped blocks' solution for p.
    void apply(Vector p, double lambda) {
        for (AffineBlock block : blocks) {
            try (var frame = ws.open()) {
                Matrix joined = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
                JoinedBlock.gather(block, p, joined);
                new Kronecker(left.get(block.index()), right.get(block.index())).apply(joined, joined, ws);
                JoinedBlock.scatter(block, joined, p);
            }
        }
        for (ParameterSlice slice : slices) {
            Vector own = slice.of(p);
            Vector d = slice.of(scale);
            for (int j = 0; j < own.size(); j++) {
                own.set(j, own.get(j) / ((1 + lambda) * d.get(j) + penalty));
            }
        }
    }

    /// The number of blocks whose damping the last [#prepare] had to raise.
    int troubledBlocks() {
        return troubled;
    }

    void serialize(Archive archive) {
        troubled = (int) archive.count("troubled", troubled);
        archive.array("scale", scale);
        for (AffineBlock block : blocks) {
            archive.array("leftInverse." + block.index(), left.get(block.index()));
            archive.array("rightInverse." + block.index(), right.get(block.index()));
        }
    }
}
