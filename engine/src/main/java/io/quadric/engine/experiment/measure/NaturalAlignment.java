package io.quadric.engine.experiment.measure;

import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.measure.Point.Cosines;
import io.quadric.engine.train.Batches;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How well the directions of methods agree with that of a block Fisher method, along its trajectory (Ren 2022, §4.3.4,
/// Figure 4.1).
///
/// The block Fisher method has an average F̄_l of the Fisher matrix of every layer, which begins as the mean over one
/// pass over the data at the first parameters, as those of the methods do (§4.7.2). Step t = 1, 2, …, on a minibatch
/// with the gradient g and the Fisher matrices F_l:
/// - ĝ ← βĝ + (1−β)g, from ĝ = 0;
/// - F̄_l ← βF̄_l + (1−β)F_l;
/// - p_l = −(F̄_l + λI)⁻¹ ĝ_l for every layer; θ ← θ + αp.
///
/// Before θ moves, every method takes a step of its own from it, on the same minibatch; where that leads is its
/// direction, and it is put back. Its momentum and averages stay: they are of values at the points of the trajectory.
///
/// @param model dense layers, with a matching loss
/// @param data for it, in FLOAT64
/// @param method the block Fisher method
/// @param plan batches and seed
public record NaturalAlignment(Model model, Dataset data, BlockMethod method, TrainingPlan plan) {
    /// The name of the cosine of the whole directions.
    static final String ALL = "all layers";

    /// The settings of the block Fisher method.
    ///
    /// @param damping λ
    /// @param rate α
    /// @param decay β
    public record BlockMethod(double damping, double rate, double decay) {}

    /// {@return the points, in order}
    ///
    /// @param entries the methods
    /// @param initial parameters
    /// @param steps of the trajectory
    /// @param ws threads and scratch
    /// @param progress is told of each point
    public List<Point> along(
            List<Entry> entries, Parameters initial, long steps, Workspace ws, Consumer<Point> progress) {
        Parameters theta = initial.copy(Precision.FLOAT64);
        Start start = new Start(model, theta, Batches.pass(plan, data.train()), plan.seed(), ws);
        Map<String, Follower> followers = new LinkedHashMap<>();
        for (Entry entry : entries) {
            followers.put(entry.label(), new Follower(entry.method().optimizer(), start));
        }
        Reference reference = new Reference(start);
        Batches batches = new Batches(plan, data.train());
        List<Point> points = new ArrayList<>();
        for (long step = 1; step <= steps; step++) {
            StepData batch = batches.step(step);
            double loss = reference.observe(batch.gradient());
            List<Cosines> here = new ArrayList<>();
            followers.forEach((label, follower) -> here.add(reference.cosines(label, follower.direction(batch))));
            Point point = new Point(step, Map.of("loss", loss), here);
            progress.accept(point);
            points.add(point);
            theta.update(values -> values.axpy(method.rate(), reference.direction));
        }
        return points;
    }

    /// The block Fisher method at work.
    private final class Reference {
        private final Start start;
        private final BlockFisher fisher;
        private final Layers layers;
        private final Vector momentum;
        private final Vector direction;

        Reference(Start start) {
            this.start = start;
            fisher = new BlockFisher(model.network().layout());
            layers = Layers.of(model.network());
            momentum = Vector.zeros(Precision.FLOAT64, start.parameters().values().size());
            direction = Vector.zeros(Precision.FLOAT64, momentum.size());
            double seen = 0;
            for (CaseSet batch : start.warmUp()) {
                seen += batch.cases();
                try (var objective = batch.at(model, start.parameters(), start.ws())) {
                    fisher.observe(single(objective), batch.cases() / seen);
                }
            }
        }

        private static Linearization single(Objective at) {
            return at.undivided("the Fisher matrix of a layer is formed from whole batches; it is");
        }

        /// Takes the batch into the averages and computes the direction at θ.
        ///
        /// @return the loss
        double observe(CaseSet batch) {
            try (var objective = batch.at(model, start.parameters(), start.ws());
                    var frame = start.ws().open()) {
                Linearization at = single(objective);
                Vector g = frame.vector(Precision.FLOAT64, momentum.size());
                at.gradient(g);
                momentum.axpby(1 - method.decay(), g, method.decay());
                fisher.observe(at, 1 - method.decay());
                fisher.solve(method.damping(), momentum, direction, start.ws());
                direction.scale(-1);
                return at.loss();
            }
        }

        Cosines cosines(String label, Vector its) {
            Map<String, Double> all = new LinkedHashMap<>();
            all.put(ALL, Layers.cosine(its, direction));
            layers.addCosines(its, direction, all);
            return new Cosines(label, all);
        }
    }
}
