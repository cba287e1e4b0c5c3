package io.quadric.optim.kronecker;

/// When KFAC updates its factors and their inverses within a step, and how the averages are initialised.
public enum FactorSchedule {
    /// As printed in Ren (2022, Algorithm 12): the averages are initialised with all warm-up data; factors and inverses
    /// are updated after the direction, for the next step.
    AFTER_DIRECTION,
    /// As printed in Ren (2022, Algorithm 7): the same, with the inverses updated in each of the first T₂ steps.
    AFTER_DIRECTION_EAGER,
    /// As in the authors' program for Ren (2022, §2.8) and in Martens & Grosse (2015, §5): factors and inverses are
    /// updated before the direction, the inverses also in each of the first T₂ steps. There is no warm start; the n-th
    /// observation enters with the weight 1 − min(1 − 1/n, β). Early in training the curvature may grow by orders of
    /// magnitude within a few steps: this order keeps up with it, the printed ones need a far smaller learning rate.
    BEFORE_DIRECTION
}
