package io.quadric.optim.kronecker;

import io.quadric.linalg.Cholesky;
import io.quadric.linalg.Elementwise;
import io.quadric.linalg.Gemm;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.layer.AffineBlock;
import io.quadric.nn.layer.Sink;
import io.quadric.optim.Archive;
import io.quadric.optim.curvature.FactorAverage;
import io.quadric.optim.internal.DenseBfgs;
import io.quadric.optim.internal.InverseHessian;
import io.quadric.optim.internal.JoinedBlock;
import io.quadric.optim.internal.LimitedMemoryBfgs;
import io.quadric.optim.kronecker.PairDamping.Pair;

/// H_A and H_G of one weight-and-bias block, with the pairs that update them.
final class KBfgsBlock {
    /// The most units of rounding, relative to the root mean square of what is averaged, in a mean that is taken to
    /// vanish. In ResNet32 with FLOAT32 means that vanish in exact arithmetic have up to 0.2, all others above 10⁴.
    private static final double ROUND_OFF = 16;

    private final KBfgs config;
    private final KBfgs.Curvature curvature;
    private final AffineBlock block;
    private final boolean normalised;
    private FactorAverage inputAverage;
    private final DenseBfgs inputInverse;
    private final Pair inputPair;
    private final Vector meanInput;
    private final Vector meanOutput;
    private final Vector meanGradient;
    private final Pair outputAverage;
    private InverseHessian outputInverse;
    private double positions = 1;

    /// @param normalised whether layers of the network normalise by the batch
    KBfgsBlock(KBfgs config, AffineBlock block, boolean normalised, Precision precision) {
        this.config = config;
        this.curvature = config.curvature();
        this.block = block;
        this.normalised = normalised;
        int inputs = block.augmentedInputs();
        inputAverage = new FactorAverage(precision, config.keepsInputFactor() ? inputs : 0);
        inputInverse = new DenseBfgs(Matrix.zeros(precision, inputs, inputs));
        inputPair = new Pair(Vector.zeros(precision, inputs), Vector.zeros(precision, inputs));
        meanInput = Vector.zeros(precision, inputs);
        meanOutput = Vector.zeros(precision, block.outputs());
        meanGradient = Vector.zeros(precision, block.outputs());
        outputAverage = new Pair(Vector.zeros(precision, block.outputs()), Vector.zeros(precision, block.outputs()));
        outputInverse = freshOutputInverse(precision);
    }

    private boolean isExact() {
        return config.options().inputInverse() == KBfgs.InputInverse.EXACT;
    }

    private boolean isOfMinibatch() {
        return config.variant().inputFactor() == KBfgs.InputFactor.MINIBATCH;
    }

    private double splitPositions() {
        return config.variant().dampingSplit() == KBfgs.DampingSplit.BY_POSITIONS ? positions : 1;
    }

    /// λ_A
    private double inputDamping() {
        return Math.sqrt(splitPositions() * curvature.damping());
    }

    /// λ_G
    private double outputDamping() {
        return Math.sqrt(curvature.damping() / splitPositions());
    }

    private InverseHessian freshOutputInverse(Precision precision) {
        boolean identity = config.variant().outputStart() == KBfgs.OutputStart.IDENTITY;
        double scale = identity ? 1 : 1 / outputDamping();
        return config.memory() > 0
                ? new LimitedMemoryBfgs(precision, config.memory(), block.outputs(), scale)
                : new DenseBfgs(
                        Matrix.zeros(precision, block.outputs(), block.outputs()).addToDiagonal(scale));
    }

    int index() {
        return block.index();
    }

    /// A ← decay · A + weight · (1/N) X̄ᵀX̄, unless that is not finite.
    void averageInputs(double decay, double weight, Sink.Rows rows, Workspace ws) {
        positions = rows.cases().meanPositions();
        inputAverage.begin(decay);
        inputAverage.addInputs(weight, rows, ws);
        inputAverage.end();
    }

    /// Makes room for A of the warm-up data, if it is not kept anyway.
    void makeRoom() {
        if (!config.keepsInputFactor()) {
            inputAverage = new FactorAverage(meanInput.precision(), meanInput.size());
        }
    }

    /// H_A = (A + λ_A I)⁻¹, H_G a multiple of the identity.
    void begin(Workspace ws) {
        outputInverse = freshOutputInverse(meanInput.precision());
        if (!invertInputFactor(ws)) {
            Matrix inputFactor = inputAverage.matrix();
            double average = inputFactor.trace() / inputFactor.rows();
            inputInverse.matrix().fill(0).addToDiagonal(1 / (inputDamping() + average));
        }
        if (!config.keepsInputFactor()) {
            inputAverage = new FactorAverage(meanInput.precision(), 0);
        }
    }

    /// H_A ← (A + λ_A I)⁻¹, if it exists.
    private boolean invertInputFactor(Workspace ws) {
        return Cholesky.invertDamped(inputAverage.matrix(), 1, inputDamping(), inputInverse.matrix(), ws);
    }

    /// Replaces the block's part of p by H_G [W b] H_A.
    void apply(Vector p, Workspace ws) {
        try (var frame = ws.open()) {
            Matrix joined = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            Matrix half = frame.matrix(p.precision(), block.outputs(), block.augmentedInputs());
            JoinedBlock.gather(block, p, joined);
            outputInverse.apply(joined, half, ws);
            Gemm.SET.multiply(half, inputInverse.matrix(), joined, ws);
            JoinedBlock.scatter(block, joined, p);
        }
    }

    /// A ← decay · A + weight · a mean of cases in chunks, unless that is not finite.
    void averageInputs(double decay, double weight, Matrix mean) {
        inputAverage.begin(decay);
        inputAverage.addMoments(weight, mean);
        inputAverage.end();
    }

    /// Moves the kept A by that of a batch in chunks.
    void averageInputFactor(Matrix ofBatch) {
        double decay = isExact() && isOfMinibatch() ? 0 : curvature.decay();
        averageInputs(decay, 1 - decay, ofBatch);
    }

    /// Does what [#observeFirst(Sink.Rows, Vector, Workspace)] does, for cases in chunks; what needs another pass over
    /// them is left to [#observeInputProduct].
    ///
    /// @param means of the cases
    void observeFirst(BlockMeans means, Vector theta, Workspace ws) {
        observeMeans(means, theta, ws);
        if (!isExact()) {
            inputInverse.apply(meanInput, inputPair.s(), ws);
            if (!isOfMinibatch()) {
                Gemm.SET.multiply(inputAverage.matrix(), inputPair.s(), inputPair.y(), ws);
                inputPair.y().axpy(inputDamping(), inputPair.s());
            }
        }
    }

    /// s
    Vector inputStep() {
        return inputPair.s();
    }

    /// y ← A s + λ_A s
    ///
    /// @param product A s
    void observeInputProduct(Vector product) {
        inputPair.y().copyFrom(product).axpy(inputDamping(), inputPair.s());
    }

    /// Keeps the means of the first pass, and for H_A either A or the pair s = H_A ā, y = (A + λ_A I) s.
    void observeFirst(Sink.Rows rows, Vector theta, Workspace ws) {
        observeMeans(rows, theta, ws);
        if (isExact()) {
            double decay = isOfMinibatch() ? 0 : curvature.decay();
            averageInputs(decay, 1 - decay, rows, ws);
            return;
        }
        Vector s = inputPair.s();
        Vector y = inputPair.y();
        inputInverse.apply(meanInput, s, ws);
        if (isOfMinibatch()) {
            multiplyByInputFactor(block, rows, inputPair, ws);
        } else {
            averageInputs(curvature.decay(), 1 - curvature.decay(), rows, ws);
            Gemm.SET.multiply(inputAverage.matrix(), s, y, ws);
        }
        y.axpy(inputDamping(), s);
    }

    /// y ← (1/N) X̄ᵀ(X̄ s), without forming X̄ᵀX̄.
    static void multiplyByInputFactor(AffineBlock block, Sink.Rows rows, Pair pair, Workspace ws) {
        Vector s = pair.s();
        Vector y = pair.y();
        int n = block.inputs();
        double scale = 1.0 / rows.cases().count();
        Matrix x = rows.inputs();
        try (var frame = ws.open()) {
            Vector product = frame.vector(s.precision(), x.rows());
            Gemm.SET.multiply(x, s.slice(0, n), product, ws);
            if (block.bias().isPresent()) {
                Elementwise.addRow(s.slice(n, n + 1), product.asMatrix(x.rows(), 1), ws);
            }
            Matrix weighed = rows.cases().weighed(product.asMatrix(x.rows(), 1), 1, frame);
            if (block.bias().isPresent()) {
                y.set(n, scale * weighed.flat().sum());
            }
            new Gemm(scale, 0).multiply(x.t(), weighed.flat(), y.slice(0, n), ws);
        }
    }

    /// ā, h̄ = W̄ ā and ḡ, means over the cases of means over positions.
    private void observeMeans(Sink.Rows rows, Vector theta, Workspace ws) {
        positions = rows.cases().meanPositions();
        try (var frame = ws.open()) {
            Matrix gradients = BlockMeans.average(rows, meanInput.slice(0, block.inputs()), meanGradient, frame);
            if (normalised) {
                clearRoundOff(gradients);
            }
        }
        mapMeanInput(theta, ws);
    }

    /// Keeps the mean number of positions of a case.
    void observePositions(BlockMeans means) {
        positions = means.positions();
    }

    private void observeMeans(BlockMeans means, Vector theta, Workspace ws) {
        observePositions(means);
        meanInput.slice(0, block.inputs()).copyFrom(means.input());
        meanGradient.copyFrom(means.gradient());
        mapMeanInput(theta, ws);
    }

    private void mapMeanInput(Vector theta, Workspace ws) {
        int n = block.inputs();
        Gemm.SET.multiply(block.weight().matrixOf(theta), meanInput.slice(0, n), meanOutput, ws);
        if (block.bias().isPresent()) {
            meanInput.set(n, 1);
            meanOutput.axpy(1, block.bias().get().of(theta));
        }
    }

    /// Right below a layer that normalises by the batch, ḡ = 0: a shift of h changes nothing. What is computed there
    /// is round-off, by which y_G and with it Powell's test would be left to chance; with y = 0 the damped pair is
    /// s̃ = s, ỹ = λ_G s.
    private void clearRoundOff(Matrix gradients) {
        double unit = gradients.precision() == Precision.FLOAT32 ? 0x1p-24 : 0x1p-53;
        double rootMeanSquare = gradients.norm() / Math.sqrt(gradients.rows());
        if (meanGradient.norm() <= ROUND_OFF * unit * rootMeanSquare) {
            meanGradient.fill(0);
        }
    }

    /// Updates H_A with what the first pass has left.
    ///
    /// @return whether that was usable; otherwise H_A is unchanged
    boolean updateInputInverse(Workspace ws) {
        return isExact() ? invertInputFactor(ws) : inputInverse.update(inputPair.s(), inputPair.y(), ws);
    }

    /// Moves the averages s_G and y_G by the change of the means since the first pass, if that is finite.
    ///
    /// @return whether it is
    boolean observeSecond(Sink.Rows rows, Vector theta, Workspace ws) {
        return observeSecond(() -> observeMeans(rows, theta, ws), ws);
    }

    /// Does the same for cases in chunks.
    boolean observeSecond(BlockMeans means, Vector theta, Workspace ws) {
        return observeSecond(() -> observeMeans(means, theta, ws), ws);
    }

    private boolean observeSecond(Runnable observe, Workspace ws) {
        double weight = 1 - curvature.decay();
        try (var frame = ws.open()) {
            Vector s = frame.vector(meanOutput.precision(), meanOutput.size()).copyFrom(meanOutput);
            Vector y = frame.vector(meanGradient.precision(), meanGradient.size()).copyFrom(meanGradient);
            observe.run();
            s.axpby(1, meanOutput, -1);
            y.axpby(1, meanGradient, -1);
            if (!s.isFinite() || !y.isFinite()) {
                return false;
            }
            outputAverage.s().axpby(weight, s, curvature.decay());
            outputAverage.y().axpby(weight, y, curvature.decay());
            return true;
        }
    }

    /// What happened to a pair.
    ///
    /// @param ratio ỹᵀH_Gỹ / s̃ᵀỹ before the update, at most 2/μ₁ in most steps (Figure 2.1)
    record Update(boolean damped, boolean used, double ratio) {}

    /// Damps a copy of the averaged pair and updates H_G with it.
    Update updateOutputInverse(Workspace ws) {
        int n = block.outputs();
        try (var frame = ws.open()) {
            Vector s = frame.vector(meanOutput.precision(), n);
            Vector y = frame.vector(meanOutput.precision(), n);
            Pair pair = new Pair(s.copyFrom(outputAverage.s()), y.copyFrom(outputAverage.y()));
            PairDamping rule = config.options().pairDamping();
            boolean damped = rule.apply(outputInverse, pair, curvature.mu1(), outputDamping(), ws);
            Vector hy = frame.vector(meanOutput.precision(), n);
            outputInverse.apply(y, hy, ws);
            double ratio = y.dot(hy) / s.dot(y);
            boolean skipped = config.options().weakPairs() == KBfgs.WeakPairs.SKIPPED && curvature.mu1() * ratio > 1;
            return new Update(damped, !skipped && outputInverse.update(s, y, ws), ratio);
        }
    }

    void serialize(Archive archive) {
        String prefix = "block." + block.index();
        positions = archive.number(prefix + ".positions", positions);
        if (archive.isRestoring()) {
            outputInverse = freshOutputInverse(meanInput.precision());
        }
        if (config.keepsInputFactor()) {
            archive.array(prefix + ".inputFactor", inputAverage.matrix());
        }
        inputInverse.serialize(prefix + ".inputInverse", archive);
        outputInverse.serialize(prefix + ".outputInverse", archive);
        archive.array(prefix + ".s", outputAverage.s());
        archive.array(prefix + ".y", outputAverage.y());
    }
}
