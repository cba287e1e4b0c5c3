package io.quadric.optim.hessianfree;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.linalg.operator.SelfAdjointOperator;
import io.quadric.linalg.solver.LinearSystem;
import io.quadric.linalg.solver.SolveReport;
import io.quadric.nn.CurvatureOperator;
import io.quadric.nn.Linearization;
import io.quadric.nn.ParameterBlock;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The run of [BlockHessianFree].
final class BlockHessianFreeRun implements Run {
    private static final String METHOD = "block-hessian-free";

    private final BlockHessianFree config;
    private final Start start;
    private final Workspace ws;
    private final List<Block> blocks = new ArrayList<>();
    private double damping;
    private long steps;

    BlockHessianFreeRun(BlockHessianFree config, Start start) {
        this.config = config;
        this.start = start;
        this.ws = start.ws();
        this.damping = config.damping();
        boolean sideBySide = ws.threads() > 1;
        for (List<ParameterSlice> slices : config.partition().of(start.model().network())) {
            blocks.add(new Block(new ParameterBlock(slices), sideBySide ? Workspace.serial() : ws));
        }
    }

    /// The memory of one block: its last solution, and scratch of its own where blocks are solved side by side.
    private final class Block {
        private final ParameterBlock parameters;
        private final Workspace own;
        private final Vector solution;
        private SolveReport report;

        Block(ParameterBlock parameters, Workspace own) {
            this.parameters = parameters;
            this.own = own;
            solution = Vector.zeros(start.parameters().values().precision(), parameters.size());
        }

        void solve(CurvatureOperator curvature, Vector gradient, Vector delta) {
            SelfAdjointOperator part = curvature.restrictedTo(parameters);
            try (var frame = own.open()) {
                Vector right = frame.vector(solution.precision(), solution.size());
                parameters.gather(gradient, right);
                right.scale(-1);
                solution.scale(config.solver().zeta());
                LinearSystem system = new LinearSystem(part.damped(damping), right);
                report = config.solver().solver().solve(system, solution, own);
            }
            parameters.scatter(solution, delta);
        }
    }

    @Override
    public StepReport step(StepData data) {
        steps++;
        Vector theta = start.parameters().values();
        try (var frame = ws.open()) {
            Vector gradient = frame.vector(theta.precision(), theta.size());
            Vector delta = frame.vector(theta.precision(), theta.size());
            double loss;
            try (var at = Linearization.at(start.model(), start.parameters(), data.gradient(), ws)) {
                loss = at.loss();
                at.gradient(gradient);
                if (!Double.isFinite(loss) || !gradient.isFinite()) {
                    return failed(loss, "the objective (" + loss + ") or its gradient is not finite");
                }
                if (data.gradient() == data.curvature()) {
                    solve(at, gradient, delta);
                }
            }
            if (data.gradient() != data.curvature()) {
                try (var at = Linearization.at(start.model(), start.parameters(), data.curvature(), ws)) {
                    solve(at, gradient, delta);
                }
            }
            return move(loss, delta);
        }
    }

    private void solve(Linearization at, Vector gradient, Vector delta) {
        CurvatureOperator curvature = at.gaussNewton();
        if (blocks.getFirst().own == ws) {
            blocks.forEach(block -> block.solve(curvature, gradient, delta));
        } else {
            ws.parallel(blocks.size(), b -> blocks.get(b).solve(curvature, gradient, delta));
        }
    }

    private StepReport move(double loss, Vector delta) {
        Vector theta = start.parameters().values();
        delta.axpby(1, theta, config.learningRate());
        if (!delta.isFinite()) {
            return failed(loss, "the direction is not finite: " + blocks.getFirst().report.outcome().advice());
        }
        start.parameters().update(values -> values.copyFrom(delta));
        return report(loss, new StepOutcome.Moved(), config.learningRate());
    }

    /// A failed step would fail again: the damping is raised, though it is fixed otherwise, and the starts are
    /// forgotten.
    private StepReport failed(double loss, String reason) {
        StepReport report = report(loss, new StepOutcome.Rejected(reason), 0);
        damping = Math.max(damping, Double.MIN_NORMAL) * 1.5;
        blocks.forEach(block -> block.solution.fill(0));
        return report;
    }

    private StepReport report(double loss, StepOutcome outcome, double stepSize) {
        Map<String, Double> figures = new LinkedHashMap<>();
        int iterations = 0;
        for (Block block : blocks) {
            iterations += block.report == null ? 0 : block.report.iterations();
        }
        figures.put("damping", damping);
        figures.put("cgIterations", (double) iterations);
        figures.put("stepSize", stepSize);
        return new StepReport(steps, loss, outcome, figures);
    }

    @Override
    public long steps() {
        return steps;
    }

    @Override
    public State state() {
        State state = new State(METHOD);
        state.put("steps", steps);
        state.put("damping", damping);
        for (int b = 0; b < blocks.size(); b++) {
            state.put("solution." + b, blocks.get(b).solution);
        }
        return state;
    }

    @Override
    public void restore(State state) {
        state.require(METHOD);
        for (int b = 0; b < blocks.size(); b++) {
            state.get("solution." + b, blocks.get(b).solution);
        }
        damping = state.number("damping");
        steps = (long) state.number("steps");
    }
}
