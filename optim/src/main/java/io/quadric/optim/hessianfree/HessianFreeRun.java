package io.quadric.optim.hessianfree;

import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.State;
import io.quadric.optim.StepData;
import io.quadric.optim.StepOutcome;
import io.quadric.optim.StepReport;

/// The run of [HessianFree].
final class HessianFreeRun implements Run {
    private final HessianFree config;
    private final Start start;
    private final HessianFreeMemory memory;

    HessianFreeRun(HessianFree config, Start start) {
        this.config = config;
        this.start = start;
        memory = new HessianFreeMemory(config, start);
        if (config.structural().isOn()) {
            config.structural().term(start.model(), memory.mu(), memory.lambda());
        }
    }

    @Override
    public StepReport step(StepData data) {
        memory.beginStep();
        try (var frame = start.ws().open()) {
            HessianFreeStep step = new HessianFreeStep(config, start, memory, data, frame);
            StepOutcome outcome = step.run();
            StepReport report = new StepReport(memory.steps(), step.loss(), outcome, step.figures());
            if (outcome instanceof StepOutcome.Rejected) {
                memory.failed();
            } else {
                memory.moved(step.reductionRatio());
            }
            return report;
        }
    }

    @Override
    public long steps() {
        return memory.steps();
    }

    @Override
    public State state() {
        return memory.state();
    }

    @Override
    public void restore(State state) {
        memory.restore(state);
    }
}
