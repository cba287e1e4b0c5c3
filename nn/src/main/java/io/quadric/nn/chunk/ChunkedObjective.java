package io.quadric.nn.chunk;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.nn.CaseSet;
import io.quadric.nn.CurvatureOperator;
import io.quadric.nn.Draws;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.StructuralDamping;
import java.util.OptionalDouble;

/// The objective at θ on cases in chunks. It belongs to one thread.
public final class ChunkedObjective implements Objective {
    /// For quantities without random numbers.
    private static final Draws.Streams NO_DRAWS = new Draws.Streams(0, 0);

    private final CaseSet batch;
    private final Model model;
    private final Parameters parameters;
    private final long version;
    private final Workspace ws;
    private final ChunkExecutor executor;
    private OptionalDouble loss = OptionalDouble.empty();

    /// The objective.
    ///
    /// @param batch the cases
    /// @param model the model
    /// @param parameters θ
    /// @param ws threads and scratch for what is computed here
    /// @param executor opened for the cases and θ, closed with this object
    public ChunkedObjective(
            CaseSet batch, Model model, Parameters parameters, Workspace ws, ChunkExecutor executor) {
        this.batch = batch;
        this.model = model;
        this.parameters = parameters;
        this.version = parameters.version();
        this.ws = ws;
        this.executor = executor;
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
    public CaseSet batch() {
        return batch;
    }

    @Override
    public Workspace workspace() {
        return ws;
    }

    @Override
    public double mean(Mean quantity, Vector argument, Draws draws, Vector mean) {
        return mean(quantity, argument, draws.next(), mean);
    }

    private double mean(Mean quantity, Vector argument, Draws.Streams draws, Vector mean) {
        if (parameters.version() != version) {
            throw new IllegalStateException("the parameters have changed since this objective was made");
        }
        return executor.mean(quantity, argument, draws, mean);
    }

    /// product ← the quantity of v, without random numbers.
    double product(Mean quantity, Vector v, Vector product) {
        return mean(quantity, v, NO_DRAWS, product);
    }

    @Override
    public double loss() {
        if (loss.isEmpty()) {
            Vector none = parameters.values().slice(0, 0);
            loss = OptionalDouble.of(mean(Quantity.LOSS, none, NO_DRAWS, none));
        }
        return loss.getAsDouble();
    }

    @Override
    public void gradient(Vector g) {
        gradient(g, Observer.NONE);
    }

    /// With the observer's listener in every chunk.
    @Override
    public double gradient(Vector g, Observer observer) {
        Listener listener = observer.listener();
        Vector none = g.slice(0, 0);
        int heard = listener.size(model);
        if (heard == 0) {
            loss = OptionalDouble.of(mean(new GradientMean(listener), none, NO_DRAWS, g));
            return loss.getAsDouble();
        }
        try (var frame = ws.open()) {
            Vector all = frame.vector(g.precision(), g.size() + heard);
            loss = OptionalDouble.of(mean(new GradientMean(listener), none, NO_DRAWS, all));
            g.copyFrom(all.slice(0, g.size()));
            observer.take(this, all.slice(g.size(), all.size()));
        }
        return loss.getAsDouble();
    }

    @Override
    public CurvatureOperator gaussNewton() {
        return new ChunkedCurvature(this, false);
    }

    @Override
    public SelfAdjointOperator gaussNewton(StructuralDamping damping) {
        return new MeanOperator(this, new StructuralProduct(damping, true), parameters.values().size());
    }

    @Override
    public SelfAdjointOperator structural(StructuralDamping damping) {
        return new MeanOperator(this, new StructuralProduct(damping, false), parameters.values().size());
    }

    /// Products compute the cotangents of their backward pass anew; no scratch is taken.
    @Override
    public CurvatureOperator hessian(Workspace.Frame scratch) {
        return new ChunkedCurvature(this, true);
    }

    @Override
    public void close() {
        executor.close();
    }
}
