package io.quadric.engine.experiment.measure;

import io.quadric.engine.checkpoint.OptimizerSpec;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.experiment.Entry;
import io.quadric.engine.experiment.measure.Point.Cosines;
import io.quadric.engine.train.Batches;
import io.quadric.engine.train.TrainingPlan;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.ConjugateGradient;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.SolveReport;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.Parameters;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.StepData;
import io.quadric.optim.StepReport;
import io.quadric.optim.kronecker.KroneckerGaussNewton;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// How well the updates of Kronecker-factored methods agree with Gauss-Newton updates, along an optimisation (Botev et
/// al. 2017, G.2).
///
/// The trajectory is that of one of the methods, which adapts its γ and τ (C.3). At a point θ before a step, with the γ
/// that this step begins with and k = γ + η, on its minibatch with the gradient g and the Gauss-Newton matrix Ḡ:
/// - the block update is −(Ḡ_l + kI)⁻¹ g_l for each layer, with the layer's block of Ḡ;
/// - the full update is −(Ḡ + kI)⁻¹ g. C has τ + η there, but τ is of the step's length; with k the updates differ only
///   in what is left out of Ḡ;
/// - the update of a method is that of its first step, with its γ fixed to the trajectory's, so that its blocks are
///   Q̃ ⊗ 𝒢̃ + kI (35), split (36) or not. It has no memory, and its length does not matter.
///
/// The block and the full update are computed by conjugate gradients from 0, without a preconditioner, which end where
/// the residual over the norm of the right side is small enough, or at a limit. What they came to is among the facts of
/// a [Point]. An update can be further from the exact one than the residual says, where k is small against Ḡ.
///
/// @param model what is trained
/// @param data for it
/// @param trajectory the method that is followed
/// @param solver the limits of conjugate gradients
/// @param plan batches and seed
public record UpdateAlignment(
        Model model, Dataset data, Trajectory trajectory, Solver solver, TrainingPlan plan) {
    /// The label of the block update.
    static final String BLOCK_UPDATE = "block Gauss-Newton";
    /// The name of the cosine with the full update.
    static final String FULL = "full";
    /// The name of the cosine with the block update.
    static final String BLOCK = "block";

    /// A method whose trajectory is followed.
    ///
    /// @param method KFAC, KFLR or KFRA without averages of factors
    /// @param every steps from one point that is measured to the next; the first is that before its first step
    public record Trajectory(OptimizerSpec method, int every) {
        double firstGamma() {
            return kronecker(method).gammaRule().initial();
        }
    }

    /// Limits of conjugate gradients.
    ///
    /// @param maxIterations for each system
    /// @param tolerance of the norm of the residual over that of the right side
    public record Solver(int maxIterations, double tolerance) {}

    private static KroneckerGaussNewton kronecker(OptimizerSpec method) {
        if (method.optimizer() instanceof KroneckerGaussNewton known && known.blocks().decay() == 0) {
            return known;
        }
        throw new IllegalArgumentException(
                method.recipe() + " cannot be compared, expected KFAC, KFLR or KFRA without averages of factors");
    }

    /// {@return the points, in order}
    ///
    /// @param entries the methods
    /// @param initial parameters, in the precision of the data
    /// @param count how many points
    /// @param ws threads and scratch
    /// @param progress is told of each point
    public List<Point> along(
            List<Entry> entries, Parameters initial, long count, Workspace ws, Consumer<Point> progress) {
        entries.forEach(entry -> kronecker(entry.method()));
        Parameters theta = initial.copy(data.precision());
        Start start = new Start(model, theta, Batches.pass(plan, data.train()), plan.seed(), ws);
        Run run = trajectory.method().optimizer().start(start);
        Batches batches = new Batches(plan, data.train());
        List<Point> points = new ArrayList<>();
        double gamma = trajectory.firstGamma();
        for (long step = 1; points.size() < count; step++) {
            StepData batch = batches.step(step);
            if ((step - 1) % trajectory.every() == 0) {
                Point point = new Place(start, batch, gamma).measure(step, entries);
                progress.accept(point);
                points.add(point);
            }
            if (points.size() < count) {
                StepReport report = run.step(batch);
                gamma = report.figures().get("damping");
            }
        }
        return points;
    }

    /// The worst of some solves: the largest residual, over the norm of the right side, and the most iterations.
    private record Reached(double residual, int iterations) {
        Reached and(SolveReport report, Vector rightSide) {
            double its = report.residualNorm() == 0 ? 0 : report.residualNorm() / rightSide.norm();
            return new Reached(Math.max(residual, its), Math.max(iterations, report.iterations()));
        }

        void addTo(Map<String, Double> facts, String name) {
            facts.put(name + " residual", residual);
            facts.put(name + " iterations", (double) iterations);
        }
    }

    /// A point of the trajectory.
    private final class Place {
        private final Start start;
        private final StepData batch;
        private final double gamma;
        private final Layers layers = Layers.of(model.network());
        private final Vector block;
        private final Vector full;
        private final Map<String, Double> facts = new LinkedHashMap<>();

        Place(Start start, StepData batch, double gamma) {
            this.start = start;
            this.batch = batch;
            this.gamma = gamma;
            Vector theta = start.parameters().values();
            block = Vector.zeros(theta.precision(), theta.size());
            full = Vector.zeros(theta.precision(), theta.size());
        }

        Point measure(long step, List<Entry> entries) {
            solve(batch.gradient());
            List<Cosines> cosines = new ArrayList<>(List.of(cosines(BLOCK_UPDATE, block)));
            for (Entry entry : entries) {
                Follower follower = new Follower(fixed(entry.method()).optimizer(), start);
                cosines.add(cosines(entry.label(), follower.direction(batch)));
            }
            return new Point(step, facts, cosines);
        }

        /// The same method with the γ of the trajectory.
        private OptimizerSpec fixed(OptimizerSpec method) {
            return method.changed(
                    method.recipe(), Map.of("gamma", Double.toString(gamma), "adaptGamma", "false"));
        }

        private Cosines cosines(String label, Vector update) {
            Map<String, Double> all = new LinkedHashMap<>();
            all.put(FULL, Layers.cosine(update, full));
            all.put(BLOCK, Layers.cosine(update, block));
            layers.addCosines(update, block, all);
            return new Cosines(label, all);
        }

        /// Both updates at θ.
        private void solve(CaseSet cases) {
            try (var at = cases.at(model, start.parameters(), start.ws());
                    var frame = start.ws().open()) {
                Vector g = frame.vector(full.precision(), full.size());
                at.gradient(g);
                facts.put("loss", at.loss());
                facts.put("k", gamma + model.l2());
                Reached reached = new Reached(0, 0);
                for (ParameterBlock layer : layers.blocks()) {
                    Vector its = Vector.zeros(full.precision(), layer.size());
                    Vector update = Vector.zeros(full.precision(), layer.size());
                    layer.gather(g, its);
                    reached = reached.and(solve(at.gaussNewton().restrictedTo(layer), its, update), its);
                    layer.scatter(update, block);
                }
                reached.addTo(facts, BLOCK);
                new Reached(0, 0).and(solve(at.gaussNewton(), g, full), g).addTo(facts, FULL);
            }
        }

        /// x ← −(A + γI)⁻¹g, for A with its ηI.
        private SolveReport solve(SelfAdjointOperator a, Vector g, Vector x) {
            ConjugateGradient cg = new ConjugateGradient(solver.maxIterations(), solver.tolerance() * g.norm(), 0);
            SolveReport report = cg.solve(new LinearSystem(a.damped(gamma), g), x, start.ws());
            x.scale(-1);
            return report;
        }
    }
}
