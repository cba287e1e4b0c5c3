package io.quadric.optim.hessianfree;

import io.quadric.nn.CaseSet;
import io.quadric.optim.BatchRole;
import io.quadric.optim.StepData;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;

/// When conjugate gradients end because the objective rises while the model still falls (Martens & Sutskever 2012,
/// §8.7, and §13, second method).
///
/// The objective is tested at every c-th iterate. With f(x) = f(θ + x) on the chosen batch, CG ends at iterate j if
/// f(xⱼ) > f(xᵢ) + s · |f(0) − f(xᵢ)|, where i is the last tested iterate with i ≤ j − w, or if f(xⱼ) is not finite.
/// The paper suggests w = 10 and the curvature batch; it asks for a significant rise but gives no figure, so s is ours.
///
/// @param interval c, 0 for no test
/// @param window w
/// @param rise s
/// @param batch the batch of the objective
/// @param share the part of the batch's cases that the objective is computed on (§8.7: "only on a small subset of the
///     current minibatch"); since batches are drawn in random order, the first cases are taken
public record EarlyTermination(
        @Tunable(key = "terminationInterval",
                value = "CG iterations between tests of the objective, 0 for none") int interval,
        @Tunable(key = "terminationWindow",
                value = "CG iterations over which a rise of the objective ends CG") int window,
        @Tunable(key = "terminationRise",
                value = "rise that ends CG, as a fraction of the reduction so far") double rise,
        @Tunable(key = "terminationBatch", value = "batch of the objective that ends CG") BatchRole batch,
        @Tunable(key = "terminationShare",
                value = "part of that batch on which the objective that ends CG is computed") double share) {
    /// On the whole batch.
    ///
    /// @param interval c, 0 for no test
    /// @param window w
    /// @param rise s
    /// @param batch the batch of the objective
    public EarlyTermination(int interval, int window, double rise, BatchRole batch) {
        this(interval, window, rise, batch, 1);
    }

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public EarlyTermination {
        Require.notNegative("terminationInterval", interval);
        Require.atLeastOne("terminationWindow", window);
        Require.notNegative("terminationRise", rise);
        Require.unitInterval("terminationShare", share);
        Require.positive("terminationShare", share);
    }

    /// {@return no test}
    public static EarlyTermination none() {
        return new EarlyTermination(0, 10, 0.1, BatchRole.CURVATURE);
    }

    /// {@return a test at every fifth iterate, against the tenth before}; §13 says that tests may be infrequent, five
    /// is our choice.
    public static EarlyTermination usual() {
        return new EarlyTermination(5, 10, 0.1, BatchRole.CURVATURE);
    }

    /// The cases of the objective, two at least if there are two: one has no variance to normalise by.
    CaseSet tested(StepData data) {
        CaseSet whole = data.of(batch);
        int part = Math.max((int) Math.ceil(share * whole.cases()), Math.min(2, whole.cases()));
        return share == 1 ? whole : whole.first(part);
    }

    boolean isOn() {
        return interval > 0;
    }

    /// Whether CG ends at an objective of `now`.
    ///
    /// @param start f(0)
    /// @param then f(xᵢ)
    boolean ends(double now, double start, double then) {
        return !Double.isFinite(now) || now > then + rise * Math.abs(start - then);
    }
}
