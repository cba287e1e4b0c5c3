package io.quadric.nn;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.layer.GradientSink;
import io.quadric.nn.layer.LayerPass;
import io.quadric.nn.layer.LayerSite;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.layer.Sink;
import io.quadric.nn.layer.StructuralDamping;
import io.quadric.nn.loss.LossPoint;
import java.util.ArrayList;
import java.util.List;
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
/// It occupies scratch of the workspace until it is closed, and refuses to be used once the parameters have changed.
public final class Linearization implements AutoCloseable {
    private final Model model;
    private final Parameters parameters;
    private final long version;
    private final Batch batch;
    private final NormalizationStatistics statistics;
    private final Workspace ws;
    private final Workspace.Frame frame;
    private final List<LayerPass> passes = new ArrayList<>();
    private final Matrix outputs;
    private final LossPoint lossPoint;
    private final int firstParametric;

    private Linearization(
            Model model, Parameters parameters, NormalizationStatistics statistics, Batch batch,
            Workspace.Frame frame) {
        this.model = model;
        this.parameters = parameters;
        this.version = parameters.version();
        this.batch = batch;
        this.ws = frame.workspace();
        this.frame = frame;
        Network network = model.network();
        firstParametric = network.firstParametric();
        this.statistics = statistics;
        outputs = forward(network);
        lossPoint = model.loss().at(lossRows(outputs), targetRows(batch.targets()), frame);
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

    /// {@return the linearization, after a forward pass in which normalising layers take the given statistics}: for
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
        if (parameters.layout() != model.network().layout()) {
            throw new IllegalArgumentException("these parameters have the layout of another network");
        }
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

    private Matrix forward(Network network) {
        Matrix x = batch.inputs();
        for (int i = 0; i < network.layers().size(); i++) {
            LayerSite site = new LayerSite(
                    network.shape(i),
                    batch.cases(),
                    parameters.values(),
                    network.slices(i),
                    network.blocks(i),
                    statistics.of(network, i),
                    frame);
            LayerPass pass = network.layers().get(i).open(site);
            Matrix y = matrixBehind(i, frame);
            pass.forward(x, y, ws);
            passes.add(pass);
            x = y;
        }
        return x;
    }

    /// {@return whether an output depends on other cases than its own}: some layer normalises by the batch.
    public boolean couplesCases() {
        return statistics == NormalizationStatistics.OF_BATCH && model.network().hasStatistics();
    }

    /// Tells by which statistics the layers normalised.
    void statistics(Vector out) {
        int at = 0;
        for (int i = 0; i < passes.size(); i++) {
            int size = model.network().statisticsSize(i);
            passes.get(i).statistics(out.slice(at, at + size));
            at += size;
        }
    }

    /// {@return the model}
    public Model model() {
        return model;
    }

    /// {@return the parameters it was made at}
    public Parameters parameters() {
        return parameters;
    }

    /// {@return the threads and scratch it was made with}
    public Workspace workspace() {
        return ws;
    }

    /// {@return N, the number of cases}
    public int cases() {
        return batch.cases();
    }

    /// {@return z, one row per case}
    public Matrix outputs() {
        return outputs;
    }

    /// {@return f(θ) = (1/N) Σ Lᵢ + (η/2) ‖θ‖²}; NaN or infinite where the network's outputs are.
    public double loss() {
        requireCurrent();
        double norm = model.l2() == 0 ? 0 : parameters.values().norm();
        return lossPoint.value(ws) / cases() + 0.5 * model.l2() * norm * norm;
    }

    /// g ← ∇f(θ)
    ///
    /// @param g overwritten
    public void gradient(Vector g) {
        gradient(g, Sink.NONE);
    }

    /// g ← ∇f(θ), with an observer of the same backward pass.
    ///
    /// @param g overwritten
    /// @param observer receives the reports too; its gradients are per case, and of the loss without the penalty
    public void gradient(Vector g, Sink observer) {
        requireCurrent();
        g.fill(0);
        try (var scratch = ws.open()) {
            Matrix dz = outputsLike(scratch);
            lossPoint.gradient(lossRows(dz), ws);
            Sink sum = new GradientSink(g, 1.0 / cases());
            backward(dz, observer == Sink.NONE ? sum : new TeeSink(sum, observer), ws);
        }
        addPenalty(parameters.values(), g);
    }

    /// dz ← ∂Lᵢ/∂zᵢ for each case, not divided by N.
    ///
    /// @param dz overwritten
    public void lossGradient(Matrix dz) {
        requireCurrent();
        lossPoint.gradient(lossRows(dz), ws);
    }

    /// dz ← ∂L(zᵢ, t'ᵢ)/∂zᵢ for targets t' drawn from the model's predictive distribution.
    ///
    /// @param random the source of the draws
    /// @param dz overwritten
    public void sampledLossGradient(RandomGenerator random, Matrix dz) {
        requireCurrent();
        try (var scratch = ws.open()) {
            Matrix drawn = scratch.matrix(outputs.precision(), cases(), batch.targets().columns());
            model.loss().sample(lossRows(outputs), random, targetRows(drawn), ws);
            model.loss().at(lossRows(outputs), targetRows(drawn), scratch).gradient(lossRows(dz), ws);
        }
    }

    /// {@return the number of columns of the square root of a row's loss Hessian}
    public int rootColumns() {
        return lossPoint.rootColumns();
    }

    /// s ← column `column` of the square root of the loss Hessian, for each case: Σ over columns of s sᵀ is Hᵢ. For
    /// sequences, the column of every time step.
    ///
    /// @param column from 0
    /// @param s overwritten
    public void hessianRoot(int column, Matrix s) {
        requireCurrent();
        lossPoint.hessianRoot(column, lossRows(s), ws);
    }

    /// rz ← J v, for all cases.
    ///
    /// @param v a flat vector
    /// @param rz overwritten
    public void jvp(Vector v, Matrix rz) {
        jvp(v, rz, ws);
    }

    void jvp(Vector v, Matrix rz, Workspace scratchSpace) {
        requireCurrent();
        try (var scratch = scratchSpace.open()) {
            Matrix rx = Matrix.empty(outputs.precision());
            for (int i = firstParametric; i < passes.size(); i++) {
                Matrix ry = i == passes.size() - 1 ? rz : matrixBehind(i, scratch);
                passes.get(i).jvp(v, rx, ry, scratchSpace);
                rx = ry;
            }
        }
    }

    /// g ← Jᵀ u, summed over the cases.
    ///
    /// @param u one row per case
    /// @param g overwritten
    public void vjp(Matrix u, Vector g) {
        requireCurrent();
        pullInto(u, 1, g, ws);
    }

    /// Runs a backward pass from the given cotangents and reports to the sink.
    ///
    /// @param sink receives the reports
    /// @param dz one row per case
    public void backward(Matrix dz, Sink sink) {
        backward(dz, sink, ws);
    }

    void backward(Matrix dz, Sink sink, Workspace scratchSpace) {
        requireCurrent();
        try (var scratch = scratchSpace.open()) {
            Matrix dy = dz;
            for (int i = passes.size() - 1; i >= firstParametric; i--) {
                Matrix dx = cotangentBefore(i, scratch);
                passes.get(i).backward(dy, dx, sink, scratchSpace);
                dy = dx;
            }
        }
    }

    /// g ← scale · Jᵀ dz
    void pullInto(Matrix dz, double scale, Vector g, Workspace scratchSpace) {
        g.fill(0);
        backward(dz, new GradientSink(g, scale), scratchSpace);
    }

    /// {@return the Gauss-Newton matrix G = (1/N) Σ Jᵢᵀ Hᵢ Jᵢ + ηI}: v → Jv → H(Jv) → Jᵀ(·).
    public SelfAdjointOperator gaussNewton() {
        return new GaussNewtonOperator(this);
    }

    /// {@return the Gauss-Newton matrix with structural damping}, at the cost of the one without.
    ///
    /// @param damping the term that holds on to hidden units
    /// @throws IllegalArgumentException if one of its layers has no hidden units
    public SelfAdjointOperator gaussNewton(StructuralDamping damping) {
        requireCurrent();
        return new StructuralOperator(this, damping, passes.subList(firstParametric, passes.size()), firstParametric);
    }

    /// {@return the Hessian of f, by R-forward and R-backward passes (Martens & Sutskever 2012, Algorithm 4)}
    ///
    /// @param scratch holds what the operator needs as long as it is used: the topmost frame, opened after this object
    public SelfAdjointOperator hessian(Workspace.Frame scratch) {
        requireCurrent();
        return new HessianOperator(this, passes.subList(firstParametric, passes.size()), scratch);
    }

    /// d ← (1/N) Σ (∇Lᵢ)², elementwise squares of the per-case gradients, without the penalty (Martens & Sutskever
    /// 2012, Algorithm 6).
    ///
    /// Where layers [couple the cases][#couplesCases()] there is no gradient of one case alone; squared is what the
    /// rows of each case contribute to the gradient of the batch.
    ///
    /// @param d overwritten
    public void empiricalFisherDiagonal(Vector d) {
        requireCurrent();
        d.fill(0);
        try (var scratch = ws.open()) {
            Matrix dz = outputsLike(scratch);
            lossPoint.gradient(lossRows(dz), ws);
            backward(dz, new SquaredGradientSink(d, 1.0 / cases()), ws);
        }
    }

    /// {@return the cases it was made at}
    public Batch batch() {
        return batch;
    }

    LayerPass pass(int layer) {
        return passes.get(layer);
    }

    LossPoint lossPoint() {
        return lossPoint;
    }

    /// The view of a matrix shaped like the outputs in which each row has its own loss.
    Matrix lossRows(Matrix z) {
        return splitTime(z, model.network().output());
    }

    private Matrix targetRows(Matrix t) {
        return splitTime(t, model.targets());
    }

    private static Matrix splitTime(Matrix rows, Shape shape) {
        return shape instanceof Shape.Sequence s ? rows.reshape(rows.rows() * s.length(), s.features()) : rows;
    }

    Matrix outputsLike(Workspace.Frame scratch) {
        return scratch.matrix(outputs.precision(), outputs.rows(), outputs.columns());
    }

    /// Scratch for what leaves layer `firstParametric + i` of the passes with parameters.
    Matrix matrixBehindParametric(int i, Workspace.Frame scratch) {
        return matrixBehind(firstParametric + i, scratch);
    }

    /// Scratch for the cotangent that leaves such a layer backwards; empty for the first.
    Matrix cotangentBeforeParametric(int i, Workspace.Frame scratch) {
        return cotangentBefore(firstParametric + i, scratch);
    }

    private Matrix matrixBehind(int layer, Workspace.Frame scratch) {
        return scratch.matrix(
                parameters.values().precision(),
                batch.cases(),
                model.network().shape(layer + 1).size());
    }

    private Matrix cotangentBefore(int layer, Workspace.Frame scratch) {
        return layer == firstParametric ? Matrix.empty(outputs.precision()) : matrixBehind(layer - 1, scratch);
    }

    /// g ← g + η v
    void addPenalty(Vector v, Vector g) {
        if (model.l2() != 0) {
            g.axpy(model.l2(), v);
        }
    }

    void requireCurrent() {
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
