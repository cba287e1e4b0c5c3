package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.Outcome;
import io.quadric.linalg.solver.SolveReport;
import io.quadric.nn.CurvatureOperator;
import io.quadric.nn.Linearization;
import io.quadric.nn.Objective;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Archive;
import io.quadric.optim.Start;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.step.Proposal;
import io.quadric.optim.step.Proposer;
import io.quadric.optim.step.TrialStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The memory of [BlockHessianFree]: d, and the last solution of each block.
final class BlockHessianFreeProposer implements Proposer {
    private final BlockHessianFree config;
    private final Start start;
    private final Workspace ws;
    private final List<Block> blocks = new ArrayList<>();
    private double damping;

    BlockHessianFreeProposer(BlockHessianFree config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        this.damping = config.damping();
        List<List<ParameterSlice>> partition = config.partition().of(start.model().network());
        boolean sideBySide = ws.threads() > 1 && partition.size() >= ws.threads();
        for (List<ParameterSlice> slices : partition) {
            blocks.add(new Block(new ParameterBlock(slices), sideBySide ? Workspace.serial() : ws));
        }
    }

    /// The memory of one block: its last solution, and scratch of its own if blocks are solved concurrently.
    private final class Block {
        private final ParameterBlock parameters;
        private final Workspace own;
        private final Vector solution;
        private Optional<SolveReport> report = Optional.empty();

        Block(ParameterBlock parameters, Workspace own) {
            this.parameters = parameters;
            this.own = own;
            solution = Vector.zeros(start.parameters().values().precision(), parameters.size());
        }

        void solve(CurvatureOperator curvature, TrialStep trial) {
            SelfAdjointOperator part = curvature.restrictedTo(parameters);
            try (var frame = own.open()) {
                Vector right = frame.vector(solution.precision(), solution.size());
                parameters.gather(trial.gradient(), right);
                right.scale(-1);
                solution.asRow().decay(config.solver().zeta());
                LinearSystem system = new LinearSystem(part.damped(damping), right);
                report = Optional.of(config.solver().solver(trial.number()).solve(system, solution, own));
            }
            parameters.scatter(solution, trial.delta());
        }
    }

    @Override
    public Proposal propose(TrialStep trial, Workspace.Frame frame) {
        return new Attempt(trial);
    }

    /// A failed step would fail again: the damping is raised, though it is fixed otherwise, and the solutions are
    /// forgotten.
    @Override
    public void failed() {
        damping = Math.min(Math.max(damping, Double.MIN_NORMAL) * 1.5, Double.MAX_VALUE);
        blocks.forEach(block -> block.solution.fill(0));
    }

    /// One step, which is taken without consulting the objective.
    private final class Attempt implements Proposal {
        private final TrialStep trial;

        Attempt(TrialStep trial) {
            this.trial = trial;
            blocks.forEach(block -> block.report = Optional.empty());
        }

        @Override
        public Optional<String> solve(Objective at) {
            try (var frame = ws.open()) {
                CurvatureOperator curvature = config.curvature().of(at, frame);
                if (blocks.getFirst().own == ws || !(at instanceof Linearization)) {
                    blocks.forEach(block -> block.solve(curvature, trial));
                } else {
                    ws.parallel(blocks.size(), b -> blocks.get(b).solve(curvature, trial));
                }
            }
            return Optional.empty();
        }

        @Override
        public StepOutcome judge() {
            double rate = config.learningRate() * config.schedule().at(trial.number());
            trial.delta().axpby(1, start.parameters().values(), rate);
            return trial.replace(
                    rate,
                    "the direction is not finite: " + blocks.getFirst().report.orElseThrow().outcome().advice());
        }

        @Override
        public void figures(Map<String, Double> figures) {
            figures.put("damping", damping);
            figures.put("cgIterations", blocks.stream()
                    .mapToDouble(block -> block.report.map(SolveReport::iterations).orElse(0)).sum());
            figures.put("stepSize", trial.stepSize());
            blocks.stream()
                    .flatMap(block -> block.report.stream())
                    .filter(report -> report.outcome() instanceof Outcome.NegativeCurvature)
                    .mapToDouble(report -> ((Outcome.NegativeCurvature) report.outcome()).curvature())
                    .min()
                    .ifPresent(least -> figures.put("negativeCurvature", least));
        }
    }

    @Override
    public void serialize(Archive archive) {
        damping = archive.number("damping", damping);
        for (int b = 0; b < blocks.size(); b++) {
            archive.array("solution." + b, blocks.get(b).solution);
        }
    }
}
