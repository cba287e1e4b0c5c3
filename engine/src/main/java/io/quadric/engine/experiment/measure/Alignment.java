package io.quadric.engine.experiment.measure;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.train.Batches;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How well the directions of methods agree with Gauss-Newton directions along one trajectory (Botev et al. 2017, G.2;
/// Ren 2022, Figure 4.1).
///
/// At each point θ, on one minibatch with the gradient g and the Gauss-Newton matrix G, the full direction is −(G +
/// λI)⁻¹g and the block direction −(G_l + λI)⁻¹g_l for each layer, both by conjugate gradients to convergence. Every
/// method takes a step of its own from θ, its direction is where that leads, and it is put back; its memory stays. Then
/// θ moves along the block direction, as in Figure 4.1.
///
/// @param model what is trained
/// @param data for it, in FLOAT64
/// @param damping λ
/// @param rate α of the trajectory's steps along the block direction
/// @param plan batches and seed
public record Alignment(Model model, Dataset data, double damping, double rate, TrainingPlan plan) {
    /// Residual at which a direction counts as converged, over the norm of the gradient.
    private static final double PRECISE = 1e-9;
    private static final int MOST_ITERATIONS = 20_000;

    /// The cosines of a method's direction at a point.
    ///
    /// @param step of the trajectory, from 1
    /// @param method its label
    /// @param block with the block direction
    /// @param full with the full direction
    /// @param layers with the block direction, layer by layer
    public record Cosines(long step, String method, double block, double full, List<Double> layers) {}

    /// {@return the cosines at each step}, in the order of steps and entries; first at each step the block direction
    /// itself.
    ///
    /// @param entries the methods
    /// @param initial parameters
    /// @param steps of the trajectory
    /// @param ws threads and scratch
    /// @param progress is told of each step
    public List<Cosines> along(
            List<Entry> entries, Parameters initial, long steps, Workspace ws, Consumer<List<Cosines>> progress) {
        Parameters theta = initial.copy(Precision.FLOAT64);
        Map<String, Follower> followers = new LinkedHashMap<>();
        for (Entry entry : entries) {
            followers.put(entry.label(), follower(entry, theta, ws));
        }
        Batches batches = new Batches(plan, data.train());
        List<Cosines> all = new ArrayList<>();
        Vector block = Vector.zeros(Precision.FLOAT64, theta.values().size());
        Vector full = Vector.zeros(Precision.FLOAT64, theta.values().size());
        for (long step = 1; step <= steps; step++) {
            StepData batch = batches.step(step);
            directions(theta, batch.gradient(), block, full, ws);
            List<Cosines> here = new ArrayList<>();
            here.add(cosines(step, "block Gauss-Newton", block, block, full));
            for (Map.Entry<String, Follower> follower : followers.entrySet()) {
                Vector direction = follower.getValue().direction(theta, batch);
                here.add(cosines(step, follower.getKey(), direction, block, full));
            }
            progress.accept(here);
            all.addAll(here);
            theta.update(values -> values.axpy(rate, block));
        }
        return all;
    }

    private Follower follower(Entry entry, Parameters theta, Workspace ws) {
        Parameters own = theta.copy(Precision.FLOAT64);
        Start start = new Start(model, own, Batches.pass(plan, data.train()), plan.seed(), ws);
        return new Follower(own, entry.method().optimizer().start(start));
    }

    /// A method that steps from the trajectory's points.
    private record Follower(Parameters own, Run run) {
        Vector direction(Parameters theta, StepData batch) {
            own.update(values -> values.copyFrom(theta.values()));
            run.step(batch);
            Vector direction = own.values().copy();
            direction.axpy(-1, theta.values());
            return direction;
        }
    }

    /// Both directions at θ.
    private void directions(Parameters theta, CaseSet batch, Vector block, Vector full, Workspace ws) {
        try (var at = batch.at(model, theta, ws);
                var frame = ws.open()) {
            Vector g = frame.vector(Precision.FLOAT64, theta.values().size());
            at.gradient(g);
            solve(at.gaussNewton(), g, full, ws);
            block.fill(0);
            for (List<ParameterSlice> layer : layers()) {
                ParameterBlock part = new ParameterBlock(layer);
                Vector gradient = Vector.zeros(Precision.FLOAT64, part.size());
                Vector direction = Vector.zeros(Precision.FLOAT64, part.size());
                part.gather(g, gradient);
                solve(at.gaussNewton().restrictedTo(part), gradient, direction, ws);
                part.scatter(direction, block);
            }
        }
    }

    /// x ← −(A + λI)⁻¹g
    private void solve(SelfAdjointOperator a, Vector g, Vector x, Workspace ws) {
        x.fill(0);
        ConjugateGradient solver = new ConjugateGradient(MOST_ITERATIONS, PRECISE * g.norm(), 0);
        solver.solve(new LinearSystem(a.damped(damping), g), x, ws);
        x.scale(-1);
    }

    private List<List<ParameterSlice>> layers() {
        List<List<ParameterSlice>> layers = new ArrayList<>();
        for (int i = 0; i < model.network().layers().size(); i++) {
            if (!model.network().slices(i).isEmpty()) {
                layers.add(model.network().slices(i));
            }
        }
        return layers;
    }

    private Cosines cosines(long step, String method, Vector direction, Vector block, Vector full) {
        List<Double> layers = new ArrayList<>();
        for (List<ParameterSlice> layer : layers()) {
            double product = 0;
            double own = 0;
            double its = 0;
            for (ParameterSlice slice : layer) {
                Vector a = slice.of(direction);
                Vector b = slice.of(block);
                product += a.dot(b);
                own += a.dot(a);
                its += b.dot(b);
            }
            layers.add(product / Math.sqrt(own * its));
        }
        return new Cosines(step, method, cosine(direction, block), cosine(direction, full), List.copyOf(layers));
    }

    private static double cosine(Vector a, Vector b) {
        return a.dot(b) / (a.norm() * b.norm());
    }
}
