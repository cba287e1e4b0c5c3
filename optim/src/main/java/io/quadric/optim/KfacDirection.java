package io.quadric.optim;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.Kronecker;
import io.quadric.linalg.solver.KroneckerInverse;
import io.quadric.nn.AffineBlock;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
import io.quadric.nn.ParameterSlice;
import io.quadric.optim.KroneckerFactors.Observation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// The memory of [Kfac]: momentum, factors and their inverses.
final class KfacDirection implements Direction {
    private static final double RAISE = 10;
    private static final int RAISES = 12;

    private final Kfac config;
    private final Start start;
    private final Workspace ws;
    private final List<AffineBlock> blocks;
    private final Vector momentum;
    private final KroneckerFactors factors;
    private final List<KroneckerInverse> inverses = new ArrayList<>();
    private int raisedBlocks;
    private boolean warm;

    KfacDirection(Kfac config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        blocks = start.parameters().layout().blocks();
        momentum = Vector.zeros(theta.precision(), theta.size());
        factors = new KroneckerFactors(start.parameters().layout(), theta.precision());
        for (AffineBlock block : blocks) {
            inverses.add(new KroneckerInverse(theta.precision(), block.outputs(), block.augmentedInputs()));
        }
    }

    /// A and G of all warm-up data at the starting parameters: the mean over cases, batch by batch.
    private void warmStart() {
        long seen = 0;
        for (Batch batch : start.warmUp()) {
            long sum = seen + batch.cases();
            double weight = (double) batch.cases() / sum;
            try (var at = Linearization.at(start.model(), start.parameters(), batch, ws)) {
                factors.observe(new Observation(1 - weight, weight), at, config.source(), random(-sum));
            }
            seen = sum;
        }
        if (seen == 0) {
            throw new IllegalArgumentException("KFAC needs at least one warm-up batch for its first factors");
        }
    }

    private RandomGenerator random(long step) {
        return StepRandom.of(start.seed(), step);
    }

    @Override
    public void direction(long k, Linearization at, Vector g, Vector p) {
        if (!warm) {
            warmStart();
            invert();
            warm = true;
        }
        momentum.axpby(1, g, config.momentum());
        p.copyFrom(momentum);
        for (AffineBlock block : blocks) {
            precondition(block, p);
        }
        if (k % config.statistics().statisticsPeriod() == 0) {
            double decay = config.statistics().statisticsDecay();
            factors.observe(new Observation(decay, 1 - decay), at, config.source(), random(k));
        }
    }

    /// Replaces the block's part of p by (G + …)⁻¹ [W b] (A + …)⁻¹.
    private void precondition(AffineBlock block, Vector p) {
        int n = block.inputs();
        Matrix weight = block.weight().matrixOf(p);
        try (var frame = ws.open()) {
            Matrix joined = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            Matrix solved = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            joined.columns(0, n).copyFrom(weight);
            if (block.bias().isPresent()) {
                joined.columns(n, n + 1).copyFrom(column(block.bias().get(), p));
            }
            inverses.get(block.index()).solve(joined, solved, ws);
            weight.copyFrom(solved.columns(0, n));
            if (block.bias().isPresent()) {
                column(block.bias().get(), p).copyFrom(solved.columns(n, n + 1));
            }
        }
    }

    private static Matrix column(ParameterSlice bias, Vector p) {
        return bias.of(p).asMatrix(bias.size(), 1);
    }

    @Override
    public void moved(long k) {
        if (k % config.statistics().inversePeriod() == 0) {
            invert();
        }
    }

    /// Inverts all factors. Where that fails the damping of that block is raised until it succeeds; if it never does,
    /// the inverses of the time before are kept.
    private void invert() {
        raisedBlocks = 0;
        for (int i = 0; i < factors.count(); i++) {
            Kronecker block = new Kronecker(factors.output(i), factors.input(i));
            double pi = config.damping().piDamping() ? KroneckerInverse.balance(block.left(), block.right()) : 1;
            double shift = config.damping().damping() + start.model().l2();
            boolean inverted = inverses.get(i).prepare(block, pi, shift, ws);
            raisedBlocks += inverted ? 0 : 1;
            for (int r = 0; r < RAISES && !inverted; r++) {
                shift *= RAISE;
                inverted = inverses.get(i).prepare(block, pi, shift, ws);
            }
        }
    }

    @Override
    public void figures(Map<String, Double> figures) {
        figures.put("damping", config.damping().damping());
        figures.put("blocksWithRaisedDamping", (double) raisedBlocks);
    }

    @Override
    public void save(State state) {
        state.put("momentum", momentum);
        state.put("raisedBlocks", raisedBlocks);
        factors.save(state);
        state.put("warm", warm ? 1 : 0);
        for (int i = 0; i < inverses.size(); i++) {
            state.put("leftInverse." + i, inverses.get(i).leftInverse());
            state.put("rightInverse." + i, inverses.get(i).rightInverse());
        }
    }

    @Override
    public void restore(State state) {
        state.get("momentum", momentum);
        raisedBlocks = (int) state.number("raisedBlocks");
        factors.restore(state);
        warm = state.number("warm") == 1;
        for (int i = 0; i < inverses.size(); i++) {
            state.get("leftInverse." + i, inverses.get(i).leftInverse());
            state.get("rightInverse." + i, inverses.get(i).rightInverse());
        }
    }
}
