package io.quadric.optim.kronecker;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Draws;
import io.quadric.nn.Linearization;
import io.quadric.nn.Objective;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.internal.InitialStatistics;
import io.quadric.optim.step.Direction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/// The memory of [KBfgs]: momentum, and one [KBfgsBlock] for each weight-and-bias block.
final class KBfgsDirection implements Direction {
    private final KBfgs config;
    private final Start start;
    private final PairObserver observer;
    private final Workspace ws;
    private final Vector momentum;
    private final Vector secondGradient;
    private final List<KBfgsBlock> blocks = new ArrayList<>();
    private final List<ParameterSlice> free;
    private double secondWeight;
    private boolean warm;
    private int damped;
    private int skipped;
    private double ratios;
    private int bounded;

    KBfgsDirection(KBfgs config, Start start, PairObserver observer) {
        this.config = config;
        this.start = start;
        this.observer = observer;
        this.ws = start.ws();
        Vector theta = start.parameters().values();
        momentum = Vector.zeros(theta.precision(), theta.size());
        secondGradient = Vector.zeros(theta.precision(), doublesGradient() ? theta.size() : 0);
        boolean normalised = start.model().network().hasStatistics();
        for (AffineBlock block : start.parameters().layout().blocks()) {
            blocks.add(new KBfgsBlock(config, block, normalised, theta.precision()));
        }
        free = start.parameters().layout().directSlices();
    }

    private boolean doublesGradient() {
        return config.options().gradientCases() == KBfgs.GradientCases.TWO_BATCHES;
    }

    private boolean isDue(long k) {
        return k % config.curvature().period() == 0;
    }

    /// A of all warm-up data, and H_A from it.
    @Override
    public void prepare() {
        if (warm) {
            return;
        }
        blocks.forEach(KBfgsBlock::makeRoom);
        InitialStatistics.run("K-BFGS", start, CaseSet::weight, (at, seen, weight) -> {
            if (at instanceof Linearization whole) {
                backward(whole, each((block, rows) -> block.averageInputs(1 - weight, weight, rows, ws)));
            } else {
                averageInputs(at, seen, weight);
            }
        });
        blocks.forEach(block -> block.begin(ws));
        warm = true;
    }

    private void averageInputs(Objective at, long seen, double weight) {
        var quantity = new BlockMeans.OfBlocks(true);
        try (var frame = ws.open()) {
            Vector means = frame.vector(momentum.precision(), quantity.size(at.model()));
            at.mean(quantity, momentum.slice(0, 0), new Draws(start.seed(), -seen), means);
            BlockMeans.each(start.parameters().layout().blocks(), means,
                    (block, own) -> blocks.get(block.index()).observePositions(own));
            eachFactor(factors(at, means), (block, mean) -> block.averageInputs(1 - weight, weight, mean));
        }
    }

    /// The factors A among means of blocks.
    private static Vector factors(Objective at, Vector means) {
        return means.slice(BlockMeans.OfBlocks.factors(at.model()), means.size());
    }

    /// Hands every block its part of the factors A.
    private void eachFactor(Vector factors, BiConsumer<KBfgsBlock, Matrix> action) {
        int from = 0;
        for (AffineBlock block : start.parameters().layout().blocks()) {
            int n = block.augmentedInputs();
            action.accept(blocks.get(block.index()), factors.slice(from, from + n * n).asMatrix(n, n));
            from += n * n;
        }
    }

    @Override
    public Objective.Observer observer(long k) {
        if (!isDue(k)) {
            return Objective.Observer.NONE;
        }
        return new Objective.Observer() {
            @Override
            public Sink sink() {
                return each((block, rows) -> block.observeFirst(rows, start.parameters().values(), ws));
            }

            @Override
            public Objective.Listener listener() {
                return new BlockMeans.OfBlocks(config.keepsInputFactor());
            }

            @Override
            public void take(Objective at, Vector mean) {
                observeFirst(at, mean);
            }
        };
    }

    /// The first pass over chunks, and another one for the products A s where they are wanted.
    private void observeFirst(Objective at, Vector mean) {
        Vector theta = start.parameters().values();
        if (config.keepsInputFactor()) {
            eachFactor(factors(at, mean), KBfgsBlock::averageInputFactor);
        }
        BlockMeans.each(start.parameters().layout().blocks(), mean, (block, means) -> blocks.get(block.index())
                .observeFirst(means, theta, ws));
        if (!config.keepsInputFactor()) {
            observeInputProducts(at);
        }
    }

    private void observeInputProducts(Objective at) {
        var quantity = BlockMeans.InputProducts.OF_BLOCKS;
        List<AffineBlock> all = start.parameters().layout().blocks();
        try (var frame = ws.open()) {
            Vector s = frame.vector(momentum.precision(), quantity.size(at.model()));
            Vector y = frame.vector(momentum.precision(), s.size());
            for (AffineBlock block : all) {
                BlockMeans.InputProducts.pair(all, block, s, y).s().copyFrom(blocks.get(block.index()).inputStep());
            }
            at.mean(quantity, s, new Draws(start.seed(), 0), y);
            for (AffineBlock block : all) {
                var pair = BlockMeans.InputProducts.pair(all, block, s, y);
                blocks.get(block.index()).observeInputProduct(pair.y());
            }
        }
    }

    @Override
    public void direction(long k, Objective at, Vector g, Vector p) {
        p.copyFrom(g);
        addSecondGradient(at.batch().weight(), p);
        config.momentum().update(momentum, p);
        p.copyFrom(momentum);
        blocks.forEach(block -> block.apply(p, ws));
        free.forEach(slice -> slice.of(p).scale(1 / config.curvature().damping()));
        if (isDue(k)) {
            skipped = 0;
            for (KBfgsBlock block : blocks) {
                skipped += block.updateInputInverse(ws) ? 0 : 1;
            }
        }
    }

    /// Averages the gradient with that of the second pass of the previous step, if there is one: it was computed at the
    /// same parameters.
    private void addSecondGradient(double weight, Vector g) {
        if (secondWeight > 0) {
            double sum = weight + secondWeight;
            g.axpby(secondWeight / sum, secondGradient, weight / sum);
            secondWeight = 0;
        }
    }

    /// A pair that is not finite is left out of the averages.
    @Override
    public void moved(long k, CaseSet batch) {
        if (!isDue(k)) {
            return;
        }
        damped = 0;
        ratios = 0;
        bounded = 0;
        boolean[] observed = new boolean[blocks.size()];
        Vector theta = start.parameters().values();
        try (var at = batch.at(start.model(), start.parameters(), ws)) {
            secondPass(at, each((block, rows) -> observed[block.index()] = block.observeSecond(rows, theta, ws)),
                    mean -> BlockMeans.each(start.parameters().layout().blocks(), mean,
                            (block, means) -> observed[block.index()] = blocks.get(block.index()).observeSecond(means,
                                    theta, ws)));
        }
        for (KBfgsBlock block : blocks) {
            if (!observed[block.index()]) {
                skipped++;
                continue;
            }
            KBfgsBlock.Update update = block.updateOutputInverse(ws);
            observer.pair(k, block.index(), update.ratio());
            damped += update.damped() ? 1 : 0;
            skipped += update.used() ? 0 : 1;
            ratios += update.ratio() / blocks.size();
            bounded += update.ratio() <= 2 / config.curvature().mu1() ? 1 : 0;
        }
    }

    /// The pairs need only the means of outputs and gradients: no weight gradient is computed unless the next step
    /// needs it.
    ///
    /// @param sink receives the rows of a whole batch
    /// @param taker receives the means of chunks
    private void secondPass(Objective at, Sink sink, Consumer<Vector> taker) {
        if (doublesGradient()) {
            if (at instanceof Linearization whole) {
                whole.gradient(secondGradient, sink);
            } else {
                at.gradient(secondGradient, new SecondObserver(sink, taker));
            }
            secondWeight = secondGradient.isFinite() ? at.batch().weight() : 0;
        } else if (at instanceof Linearization whole) {
            backward(whole, sink);
        } else {
            var quantity = new BlockMeans.OfBlocks(false);
            try (var frame = ws.open()) {
                Vector means = frame.vector(momentum.precision(), quantity.size(at.model()));
                at.mean(quantity, momentum.slice(0, 0), new Draws(start.seed(), 0), means);
                taker.accept(means);
            }
        }
    }

    /// Listens to the second pass of a step.
    ///
    /// @param sink receives the rows of a whole batch
    /// @param taker receives the means of chunks
    private record SecondObserver(Sink sink, Consumer<Vector> taker) implements Objective.Observer {
        @Override
        public Objective.Listener listener() {
            return new BlockMeans.OfBlocks(false);
        }

        @Override
        public void take(Objective at, Vector mean) {
            taker.accept(mean);
        }
    }

    private void backward(Linearization at, Sink sink) {
        try (var frame = ws.open()) {
            Matrix dz = frame.matrix(at.outputs().precision(), at.outputs().rows(), at.outputs().columns());
            at.lossGradient(dz);
            at.backward(dz, sink);
        }
    }

    /// A sink that hands every block its rows.
    private Sink each(BiConsumer<KBfgsBlock, Sink.Rows> action) {
        return BlockMeans.each((block, rows) -> action.accept(blocks.get(block.index()), rows));
    }

    @Override
    public void figures(Map<String, Double> figures) {
        figures.put("damping", config.curvature().damping());
        figures.put("dampedPairs", (double) damped);
        figures.put("skippedPairs", (double) skipped);
        figures.put("pairRatio", ratios);
        figures.put("boundedPairs", (double) bounded);
    }

    @Override
    public void serialize(Archive archive) {
        archive.array("momentum", momentum);
        if (doublesGradient()) {
            archive.array("secondGradient", secondGradient);
        }
        secondWeight = archive.number("secondCases", secondWeight);
        warm = archive.flag("warm", warm);
        damped = (int) archive.count("damped", damped);
        skipped = (int) archive.count("skipped", skipped);
        ratios = archive.number("pairRatio", ratios);
        bounded = (int) archive.count("boundedPairs", bounded);
        blocks.forEach(block -> block.serialize(archive));
    }
}
