package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.Cases;
import io.quadric.nn.layer.GradientSink;
import io.quadric.nn.layer.LayerChain;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.StructuralDamping;
import java.util.function.IntFunction;
import java.util.random.RandomGenerator;

/// A model at its parameters on a batch: one forward pass, with the activations kept. Everything else comes from it.
///
/// ```java
/// try (var at = Linearization.at(model, parameters, batch, ws)) {
///     double loss = at.loss();
///     at.gradient(g);
///     at.gaussNewton().apply(v, gv, ws);
/// }
/// ```
///
/// It occupies scratch of the workspace until it is closed. Once it is closed or the parameters have changed, it
/// refuses to be used, as do the operators that it has made.
public final class Linearization implements Objective {
    private final Model model;
    private final Parameters parameters;
    private final long version;
    private final Batch batch;
    private final Cases cases;
    private final NormalizationStatistics statistics;
    private final Workspace ws;
    private final Workspace.Frame frame;
    private final LayerChain layers;
    private final LayerChain parametric;
    private final Matrix outputs;
    private final BatchLoss loss;

    private Linearization(
            Model model, Parameters parameters, NormalizationStatistics statistics, Batch batch,
            Workspace.Frame frame) {
        this.model = model;
        this.parameters = parameters;
        this.version = parameters.version();
        this.batch = batch;
        this.ws = frame.workspace();
        this.frame = frame;
        this.statistics = statistics;
        this.cases = new Cases(batch.cases(), batch.lengths(), batch.weights());
        Network network = model.network();
        LayerSite site = new LayerSite(
                network.input(),
                cases,
                parameters.values(),
                network.layout().slices(),
                network.layout().blocks(),
                statistics.values(),
                frame);
        outputs = site.memory(network.output().size());
        layers = network.path().open(site, withoutPadding(batch.inputs(), network.input(), frame), outputs);
        parametric = layers.from(network.firstParametric());
        loss = new BatchLoss(model, cases, outputs, batch.targets(), frame);
    }

    private Matrix withoutPadding(Matrix rows, Shape shape, Workspace.Frame scratch) {
        return cases.lengths().cleared(rows, shape, scratch);
    }

    /// {@return the linearization, after a forward pass}
    ///
    /// @param model the model
    /// @param parameters θ
    /// @param batch the cases
    /// @param ws threads and scratch; frames opened on it later must be closed before this object
    /// @throws IllegalArgumentException if the batch or the parameters do not fit the model
    public static Linearization at(Model model, Parameters parameters, Batch batch, Workspace ws) {
        return at(model, parameters, NormalizationStatistics.OF_BATCH, batch, ws);
    }

    /// {@return the linearization, after a forward pass in which normalising layers use the given statistics}: for
    /// evaluation, where no case should depend on another one.
    ///
    /// @param model the model
    /// @param parameters θ
    /// @param statistics of the model's network
    /// @param batch the cases
    /// @param ws threads and scratch; frames opened on it later must be closed before this object
    /// @throws IllegalArgumentException if the batch, the parameters or the statistics do not fit the model
    public static Linearization at(
            Model model, Parameters parameters, NormalizationStatistics statistics, Batch batch, Workspace ws) {
        statistics.requireFor(model.network());
        check("inputs", batch.inputs(), model.network().input());
        check("targets", batch.targets(), model.targets());
        batch.lengths().requireFor(model.network().input());
        model.network().layout().require(parameters.layout());
        if (batch.inputs().precision() != parameters.values().precision()) {
            throw new IllegalArgumentException("the batch is " + batch.inputs().precision() + ", the parameters are "
                    + parameters.values().precision());
        }
        Workspace.Frame frame = ws.open();
        try {
            return new Linearization(model, parameters, statistics, batch, frame);
        } catch (RuntimeException e) {
            frame.close();
            throw e;
        }
    }

    private static void check(String what, Matrix rows, Shape shape) {
        if (rows.columns() != shape.size()) {
            throw new IllegalArgumentException(
                    what + " have " + rows.columns() + " columns, the model expects " + shape.size() + " (" + shape
                            + ")");
        }
    }

    /// {@return whether an output depends on other cases than its own}: some layer normalises by the batch.
    public boolean couplesCases() {
        return statistics == NormalizationStatistics.OF_BATCH && model.network().hasStatistics();
    }

    /// Writes the statistics by which the layers normalised.
    void statistics(Vector out) {
        layers.statistics(out);
    }

    @Override
    public Model model() {
        return model;
    }

    @Override
    public Parameters parameters() {
        return parameters;
    }

    @Override
    public Batch batch() {
        return batch;
    }

    @Override
    public Workspace workspace() {
        return ws;
    }

    /// {@return z, one row per case}: a view of scratch, to be copied if it is wanted after this object is closed
    public Matrix outputs() {
        frame.requireOpen();
        return outputs;
    }

    /// {@return f(θ) = (1/N) Σ Lᵢ + (η/2) ‖θ‖²}, with weights Σ wᵢLᵢ / Σ wᵢ + (η/2) ‖θ‖²; NaN or infinite where the
    /// network's outputs are.
    @Override
    public double loss() {
        requireCurrent();
        return loss.mean(ws) + 0.5 * model.penalty(parameters.values(), ws);
    }

    @Override
    public void gradient(Vector g) {
        gradient(g, Sink.NONE);
    }

    @Override
    public double gradient(Vector g, Observer observer) {
        double loss = loss();
        gradient(g, observer.sink());
        return loss;
    }

    @Override
    public double mean(Mean quantity, Vector argument, Draws draws, Vector mean) {
        return quantity.compute(this, argument, draws.whole(), mean);
    }

    @Override
    public Linearization undivided(String purpose) {
        return this;
    }

    /// g ← ∇f(θ), with an observer of the same backward pass. With [#loss] that makes loss, gradient and whatever the
    /// backward pass reports from one pass forward and one back; several observers are one by [Sink#and].
    ///
    /// @param g overwritten
    /// @param observer receives the reports too; its gradients are per case, and of the loss without the penalty
    public void gradient(Vector g, Sink observer) {
        requireCurrent();
        clear(g);
        try (var scratch = ws.open()) {
            Matrix dz = outputsLike(scratch);
            loss.gradient(dz, ws);
            weigh(dz, 1);
            pull(dz, new GradientSink(g, 1.0 / cases()).and(unweighed(observer)));
        }
        model.addPenalty(parameters.values(), g, ws);
    }

    /// rows ← ρᵢᵖ · rows for every case i, with ρᵢ = wᵢN / Σ wⱼ; nothing where cases have no weights. A mean of
    /// quantities of cases that are linear in a cotangent is then (1/N) Σ for p = 1, of quadratic ones for p = ½.
    ///
    /// @param rows one row per case, overwritten
    /// @param power p
    public void weigh(Matrix rows, double power) {
        cases.weigh(rows, power, ws);
    }

    /// dz ← ∂Lᵢ/∂zᵢ for each case, neither divided by N nor [weighed][#weigh].
    ///
    /// @param dz overwritten
    public void lossGradient(Matrix dz) {
        requireCurrent();
        loss.gradient(dz, ws);
    }

    /// dz ← ∂L(zᵢ, t'ᵢ)/∂zᵢ for targets t' drawn from the model's predictive distribution, not weighed.
    ///
    /// @param random the source of the draws
    /// @param dz overwritten
    public void sampledLossGradient(RandomGenerator random, Matrix dz) {
        requireCurrent();
        loss.sampledGradient(random, dz, ws);
    }

    /// {@return the number of columns of the square root of a row's loss Hessian}
    public int rootColumns() {
        return loss.rootColumns();
    }

    /// s ← column `column` of the square root of the loss Hessian, for each case: Σ over columns of s sᵀ is Hᵢ. For
    /// sequences, the column of every time step.
    ///
    /// @param column from 0
    /// @param s overwritten
    public void hessianRoot(int column, Matrix s) {
        requireCurrent();
        loss.hessianRoot(column, s, ws);
    }

    /// rz ← J v, for all cases.
    ///
    /// @param v a flat vector
    /// @param rz overwritten
    public void jvp(Vector v, Matrix rz) {
        requireCurrent();
        parametric.jvp(v, noMatrix(), rz, ws);
    }

    /// g ← Jᵀ u, summed over the cases, whatever their weights.
    ///
    /// @param u one row per case
    /// @param g overwritten
    public void vjp(Matrix u, Vector g) {
        requireCurrent();
        clear(g);
        try (var scratch = ws.open()) {
            pull(withoutPadding(u, model.network().output(), scratch), new GradientSink(g, 1));
        }
    }

    private void pull(Matrix dz, Sink sink) {
        parametric.backward(dz, noMatrix(), sink, ws);
    }

    /// Runs a backward pass from the given cotangents and reports to the sink.
    ///
    /// Reports are per case and not weighed. Where layers [couple the cases][#couplesCases()], the reports of case i
    /// are its contribution to a pass from the weighed cotangents of all cases, divided by its relative weight.
    ///
    /// @param dz one row per case, not weighed
    /// @param sink receives the reports
    public void backward(Matrix dz, Sink sink) {
        requireCurrent();
        try (var scratch = ws.open()) {
            Matrix clean = withoutPadding(dz, model.network().output(), scratch);
            if (couplesCases()) {
                pull(cases.weighed(clean, 1, scratch), unweighed(sink));
            } else {
                pull(clean, sink);
            }
        }
    }

    /// Runs as many backward passes as it takes for the reports g of a case at each block to satisfy Σ ggᵀ = JᵀHJ, with
    /// the Hessian H of the case's loss and the Jacobian J of its outputs with respect to what leaves the block: one
    /// for each [column][#hessianRoot] of the square root of H, or fewer below a layer that is narrower than that.
    /// Reports are as in [#backward].
    ///
    /// @param sinks what receives the k-th report about a block, for k = 0, 1, …
    public void backwardHessianRoots(IntFunction<Sink> sinks) {
        requireCurrent();
        new HessianRoots(this, parametric).backward(sinks);
    }

    /// Receives reports of weighed cotangents and passes them on without the weights.
    private Sink unweighed(Sink sink) {
        return sink == Sink.NONE || cases.weights().areEqual() ? sink : new UnweighedSink(sink, cases);
    }

    /// {@return the Gauss-Newton matrix G = (1/N) Σ Jᵢᵀ Hᵢ Jᵢ + ηI}: v → Jv → H(Jv) → Jᵀ(·).
    @Override
    public CurvatureOperator gaussNewton() {
        requireCurrent();
        return new GaussNewtonOperator(this, parametric);
    }

    @Override
    public SelfAdjointOperator gaussNewton(StructuralDamping damping) {
        return new StructuralTerm.WithGaussNewton(structural(damping));
    }

    /// {@return the term of structural damping alone}, μ/N Σ Kᵢᵀ dᵢ'' Kᵢ. A product passes through the layers up to the
    /// last one that is damped.
    ///
    /// @param damping the term
    /// @throws IllegalArgumentException if one of its layers has no hidden units
    @Override
    public StructuralTerm structural(StructuralDamping damping) {
        requireCurrent();
        return new StructuralTerm(this, damping, parametric);
    }

    /// {@return the Hessian of f, by R-forward and R-backward passes (Martens & Sutskever 2012, Algorithm 4)}
    ///
    /// @param scratch holds what the operator needs as long as it is used: the topmost frame, opened after this object
    @Override
    public CurvatureOperator hessian(Workspace.Frame scratch) {
        requireCurrent();
        return new HessianOperator(this, parametric, scratch);
    }

    /// d ← (1/N) Σ (∇Lᵢ)², elementwise squares of the per-case gradients, without the penalty (Martens & Sutskever
    /// 2012, Algorithm 6).
    ///
    /// Where layers [couple the cases][#couplesCases()] there is no gradient of one case alone; what is
    /// squared then is the contribution of each case's rows to the gradient of the batch.
    ///
    /// @param d overwritten
    public void empiricalFisherDiagonal(Vector d) {
        requireCurrent();
        clear(d);
        try (var scratch = ws.open()) {
            Matrix dz = outputsLike(scratch);
            loss.gradient(dz, ws);
            backward(dz, SquaredGradientSink.of(this, d));
        }
    }

    Cases batchCases() {
        return cases;
    }

    LayerChain layers() {
        return layers;
    }

    BatchLoss batchLoss() {
        return loss;
    }

    Matrix outputsLike(Workspace.Frame scratch) {
        return scratch.matrix(outputs.precision(), outputs.rows(), outputs.columns());
    }

    /// Stands for tangents of the inputs, which are 0, and for their cotangents, which nobody wants.
    Matrix noMatrix() {
        return Matrix.empty(outputs.precision());
    }

    /// g ← 0
    void clear(Vector g) {
        ws.ranges(g.size(), (range, from, to) -> g.slice(from, to).fill(0));
    }

    void requireCurrent() {
        frame.requireOpen();
        if (parameters.version() != version) {
            throw new IllegalStateException("the parameters have changed since this linearization was made");
        }
    }

    /// Gives the scratch back.
    @Override
    public void close() {
        frame.close();
    }
}
