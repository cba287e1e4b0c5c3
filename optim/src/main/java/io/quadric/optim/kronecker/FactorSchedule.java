package io.quadric.optim.kronecker;

/// When KFAC refreshes its factors and their inverses within a step, and how the averages begin.
public enum FactorSchedule {
    /// As printed in Ren (2022, Algorithm 12): the averages begin as those of all warm-up data; factors and inverses
    /// are refreshed behind the direction, for the next step.
    AFTER_DIRECTION,
    /// As printed in Ren (2022, Algorithm 7): the same, and the inverses are refreshed in each of the first T₂ steps.
    AFTER_DIRECTION_EAGER,
    /// As the authors' program for Ren (2022, §2.8) runs, and Martens & Grosse (2015, §5): factors and inverses are
    /// refreshed before the direction, the inverses also in each of the first T₂ steps; there is no warm start, the
    /// averages of step k keep min(1 − 1/k, β) of the old. Early in training curvature may grow by orders of magnitude
    /// within a few steps; this order follows it, the printed ones need a far smaller rate.
    BEFORE_DIRECTION
}
