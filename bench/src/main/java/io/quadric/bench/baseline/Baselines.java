package io.quadric.bench.baseline;

import io.quadric.optim.Optimizer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The baselines by name, with their published settings.
public final class Baselines {
    private Baselines() {}

    /// {@return all of them by name}
    public static Map<String, Optimizer> all() {
        Map<String, Optimizer> all = new LinkedHashMap<>();
        all.put("soap", new Soap());
        all.put("muon", new Muon());
        all.put("grafted-shampoo", new GraftedShampoo());
        all.put("lion", new Lion(1e-4));
        all.put("schedule-free-adamw", new ScheduleFreeAdamW());
        return all;
    }

    /// {@return the one of a name, if there is one}
    ///
    /// @param name of the baseline
    public static Optional<Optimizer> named(String name) {
        return Optional.ofNullable(all().get(name));
    }
}
