package io.quadric.bench;

import io.quadric.optim.HyperParameters;
import io.quadric.optim.Optimizer;
import io.quadric.optim.kronecker.KBfgs;
import io.quadric.optim.recipe.Optimizers;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/// The methods of [StepSuite].
enum StepMethod {
    KFAC("KFAC", Optimizers.kfac(), StepCount::kfac, 2.6),
    K_BFGS("K-BFGS", Optimizers.kbfgs(), StepCount::kbfgs, 2.7),
    K_BFGS_L("K-BFGS(L)", Optimizers.kbfgsL(), count -> count.kbfgsL(pairs()), 2.6),
    TNT("TNT", steady(Optimizers.tnt()), StepCount::tnt, 2.8),
    SHAMPOO("Shampoo", steady(Optimizers.shampoo()), StepCount::shampoo, 2.4);

    private final String title;
    private final Optimizer optimizer;
    private final ToDoubleFunction<StepCount> operations;
    private final double bar;

    StepMethod(String title, Optimizer optimizer, ToDoubleFunction<StepCount> operations, double bar) {
        this.title = title;
        this.optimizer = optimizer;
        this.operations = operations;
        this.bar = bar;
    }

    /// With inverses every T₂ steps from the first on.
    private static Optimizer steady(Optimizer optimizer) {
        return HyperParameters.with(optimizer, Map.of("eager", "false"));
    }

    private static int pairs() {
        KBfgs limited = Optimizers.kbfgsL();
        return limited.memory();
    }

    String title() {
        return title;
    }

    Optimizer optimizer() {
        return optimizer;
    }

    /// {@return the operations of a step divided by those of a gradient}
    double floor(StepCount count) {
        return operations.applyAsDouble(count) / count.gradient();
    }

    /// {@return what the ratio of the times should not exceed at 1000 cases}
    double bar() {
        return bar;
    }
}
