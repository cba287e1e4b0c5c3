package io.quadric.engine.experiment;

import io.quadric.engine.InputException;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.TrainingPlan;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;

/// How successive halving spends its updates (Karnin, Koren & Somekh 2013, Algorithm 1; Jamieson & Talwalkar 2016,
/// Figure 3): of B updates in all, each of the ⌈log₂ n⌉ rungs has an equal share, ⌊B / (nₖ ⌈log₂ n⌉)⌋ for each of its
/// nₖ candidates, the better half of which, ⌈nₖ/2⌉, goes on.
///
/// @param updates B
/// @param candidates n
public record HalvingPlan(long updates, int candidates) {
    /// Epochs whose steps count where a run has a limit of seconds alone.
    public static final int EPOCHS = 20;

    /// Fewer updates do not tell candidates apart.
    private static final int LEAST_UPDATES = 2;

    private static final int MOST_CANDIDATES = 16;

    /// A rung.
    ///
    /// @param candidates that are in it, at most
    /// @param updates that each of them has taken at its end, those of the rungs before included
    public record Rung(int candidates, long updates) {}

    /// Checks that each candidate takes an update in every rung.
    ///
    /// @throws InputException if there are fewer than two candidates, or not enough updates
    public HalvingPlan {
        if (candidates < 2 || updates < (long) candidates * rungs(candidates)) {
            throw new InputException(candidates + " candidates in " + updates
                    + " updates, expected at least 2 candidates, and for so many at least "
                    + (long) candidates * rungs(candidates) + " updates");
        }
    }

    /// {@return ⌈log₂ n⌉}
    private static int rungs(int candidates) {
        return Integer.SIZE - Integer.numberOfLeadingZeros(candidates - 1);
    }

    /// {@return a plan with so many updates}; without a number of candidates it has 16, or fewer so that each takes at
    /// least two updates in the first rung.
    ///
    /// @param updates B
    /// @param candidates n, if it is given
    /// @throws InputException if the updates are not enough
    public static HalvingPlan of(long updates, OptionalInt candidates) {
        int some = MOST_CANDIDATES;
        while (some > 2 && updates < (long) LEAST_UPDATES * some * rungs(some)) {
            some /= 2;
        }
        return new HalvingPlan(updates, candidates.orElse(some));
    }

    /// {@return the updates of a run, by its limits of steps and epochs}; where it has none, the steps of
    /// [#EPOCHS] epochs, as seconds do not count: how many steps they are differs from machine to machine.
    ///
    /// @param schedule of the run
    /// @param plan its batches
    public static long updates(Schedule schedule, TrainingPlan plan) {
        boolean counted = schedule.steps() < Long.MAX_VALUE || schedule.epochs() < Long.MAX_VALUE;
        return plan.steps(counted ? schedule.epochs() : EPOCHS, schedule.steps());
    }

    /// {@return the rungs, in their order}
    public List<Rung> rungs() {
        List<Rung> rungs = new ArrayList<>();
        int count = rungs(candidates);
        int left = candidates;
        long taken = 0;
        for (int i = 0; i < count; i++) {
            taken += updates / ((long) left * count);
            rungs.add(new Rung(left, taken));
            left = Math.ceilDiv(left, 2);
        }
        return rungs;
    }
}
