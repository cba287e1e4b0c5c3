package io.quadric.optim.quasinewton;

import io.quadric.nn.Network;
import io.quadric.nn.ParameterLayout;
import io.quadric.optim.Optimizer;
import io.quadric.optim.Run;
import io.quadric.optim.Start;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import io.quadric.optim.step.JudgedRun;
import java.util.OptionalLong;

/// L-BFGS with a line search for the strong Wolfe conditions (Nocedal & Wright 2006, Algorithms 7.4, 7.5, 3.5 and 3.6).
/// It is made for batches that do not change, such as all the data of a small problem. Step k = 1, 2, …:
/// - p ← −H g by the two-loop recursion over the last pairs (s, y), with the first matrix sᵀy/yᵀy I of the last pair,
///   or min(1, 1/‖g‖) I without one;
/// - α is searched, from 1, with f(θ + αp) ≤ f(θ) + c₁αgᵀp and |∇f(θ + αp)ᵀp| ≤ c₂|gᵀp|. Where f changes by less than
///   it is rounded, the first condition becomes ∇f(θ + αp)ᵀp ≤ (2c₁ − 1) gᵀp (Hager & Zhang 2005, (4.1));
/// - θ ← θ + αp; s = αp and y, the change of the gradient on the same batch, are kept if sᵀy > ε yᵀy, with the rounding
///   unit ε.
///
/// If the search finds no α the pairs are forgotten, so that the next step begins along the negative gradient.
///
/// @param memory the largest number of pairs
/// @param sufficientDecrease c₁
/// @param slopeDecrease c₂
/// @param trials the largest number of points of a search
public record Lbfgs(
        @Tunable("largest number of pairs kept") int memory,
        @Tunable("share c₁ of the predicted decrease that a step must reach") double sufficientDecrease,
        @Tunable("share c₂ to which the slope along the step must fall") double slopeDecrease,
        @Tunable("most trial points of a line search") int trials)
        implements Optimizer {
    private static final int MOST = 10_000;

    /// Checks the values.
    ///
    /// @throws IllegalArgumentException if one is out of range
    public Lbfgs {
        Require.from(1, MOST, "memory", memory);
        Require.positive("sufficientDecrease", sufficientDecrease);
        Require.fraction("slopeDecrease", slopeDecrease);
        Require.from(1, MOST, "trials", trials);
        if (!(sufficientDecrease < Math.min(slopeDecrease, 0.5))) {
            throw new IllegalArgumentException("sufficientDecrease is " + sufficientDecrease
                    + ", expected below slopeDecrease, " + slopeDecrease + ", and ½");
        }
    }

    /// The pairs.
    @Override
    public OptionalLong memory(ParameterLayout layout) {
        return OptionalLong.of(2L * memory * layout.size());
    }

    /// The gradient, the direction, and the gradient and the parameters of a trial point.
    @Override
    public long scratch(Network network, int cases) {
        return 4L * network.layout().size();
    }

    @Override
    public Run start(Start start) {
        return new JudgedRun("lbfgs", start, new LbfgsProposer(this, start));
    }
}
