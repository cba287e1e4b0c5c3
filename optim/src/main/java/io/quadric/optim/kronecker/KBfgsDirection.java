package io.quadric.optim.kronecker;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Linearization;
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

/// The memory of [KBfgs]: momentum, and one [KBfgsBlock] for each weight-and-bias block.
final class KBfgsDirection implements Direction {
    private final KBfgs config;
    private final Start start;
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

    KBfgsDirection(KBfgs config, Start start) {
        this.config = config;
        this.start = start;
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
        InitialStatistics.run("K-BFGS", start, Batch::weight, (at, seen, weight) -> {
            try (var frame = ws.open()) {
                Matrix z = at.outputs();
                Matrix dz = frame.matrix(z.precision(), z.rows(), z.columns());
                at.lossGradient(dz);
                at.backward(dz, each((block, rows) -> block.averageInputs(1 - weight, weight, rows, ws)));
            }
        });
        blocks.forEach(block -> block.begin(ws));
        warm = true;
    }

    @Override
    public Sink observer(long k) {
        if (!isDue(k)) {
            return Sink.NONE;
        }
        return each((block, rows) -> block.observeFirst(rows, start.parameters().values(), ws));
    }

    @Override
    public void direction(long k, Linearization at, Vector g, Vector p) {
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
    public void moved(long k, Batch batch) {
        if (!isDue(k)) {
            return;
        }
        damped = 0;
        ratios = 0;
        bounded = 0;
        boolean[] observed = new boolean[blocks.size()];
        secondPass(batch, each(
                (block, rows) -> observed[block.index()] = block.observeSecond(rows, start.parameters().values(), ws)));
        for (KBfgsBlock block : blocks) {
            if (!observed[block.index()]) {
                skipped++;
                continue;
            }
            KBfgsBlock.Update update = block.updateOutputInverse(ws);
            damped += update.damped() ? 1 : 0;
            skipped += update.used() ? 0 : 1;
            ratios += update.ratio() / blocks.size();
            bounded += update.ratio() <= 2 / config.curvature().mu1() ? 1 : 0;
        }
    }

    /// The pairs need only the means of outputs and gradients: no weight gradient is computed unless the next step
    /// needs it.
    private void secondPass(Batch batch, Sink sink) {
        try (var at = Linearization.at(start.model(), start.parameters(), batch, ws);
                var frame = ws.open()) {
            if (doublesGradient()) {
                at.gradient(secondGradient, sink);
                secondWeight = secondGradient.isFinite() ? batch.weight() : 0;
                return;
            }
            Matrix dz = frame.matrix(at.outputs().precision(), at.outputs().rows(), at.outputs().columns());
            at.lossGradient(dz);
            at.backward(dz, sink);
        }
    }

    /// A sink that hands every block its rows.
    private Sink each(BiConsumer<KBfgsBlock, Sink.Rows> action) {
        return new Sink() {
            @Override
            public void affine(AffineBlock block, Rows rows, Workspace scratch) {
                action.accept(blocks.get(block.index()), rows);
            }

            @Override
            public void direct(ParameterSlice slice, Matrix gradients, Workspace scratch) {
                // parameters outside a weight-and-bias block have no factors
            }
        };
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
