package io.quadric.engine.train;

import java.util.Arrays;

/// The cases of each step's batches, by their places in the data.
final class BatchCases {
    private final TrainingPlan plan;
    private final int[] order;
    private long orderedEpoch = -1;

    BatchCases(TrainingPlan plan) {
        this.plan = plan;
        order = new int[plan.cases()];
    }

    /// Those of the gradient batch.
    int[] gradient(long step) {
        long epoch = plan.epoch(step);
        if (epoch != orderedEpoch) {
            plan.order(epoch, order);
            orderedEpoch = epoch;
        }
        return Arrays.copyOfRange(order, plan.first(step), plan.end(step));
    }

    /// Those of a separate curvature batch.
    ///
    /// @param gradient those of the gradient batch
    int[] curvature(long step, int[] gradient) {
        int[] pool = switch (plan.sizes().pool()) {
            case ALL -> others(new int[0]);
            case GRADIENT_BATCH -> gradient.clone();
            case OTHERS -> others(gradient);
        };
        plan.drawCurvature(step, pool);
        return Arrays.copyOf(pool, Math.min(pool.length, plan.sizes(plan.epoch(step)).curvature()));
    }

    /// Those of a separate evaluation batch.
    ///
    /// @param curvature those of the curvature batch
    int[] evaluation(long step, int[] curvature) {
        int[] pool = others(curvature);
        plan.drawEvaluation(step, pool);
        return Arrays.copyOf(pool, Math.min(pool.length, plan.sizes(plan.epoch(step)).evaluation()));
    }

    /// All cases but these, in order.
    private int[] others(int[] excluded) {
        boolean[] out = new boolean[plan.cases()];
        for (int i : excluded) {
            out[i] = true;
        }
        int[] left = new int[plan.cases() - excluded.length];
        int count = 0;
        for (int i = 0; i < out.length; i++) {
            if (!out[i]) {
                left[count++] = i;
            }
        }
        return left;
    }
}
