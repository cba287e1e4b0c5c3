package io.quadric.engine.cli.option;

import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options of a search before training.
public final class AutoOptions {
    @Option(
            names = "--auto",
            description = "First searches rate and damping of the method, but what --set gives, as 'quadric tune' "
                    + "does, and trains with what it finds; the search is not counted in the limits of the run.")
    private boolean auto;

    @Mixin
    private SearchOptions search = new SearchOptions();

    /// Checks that no option is without effect.
    public void check() {
        search.check(auto);
    }

    public boolean isGiven() {
        return auto;
    }

    public SearchOptions search() {
        return search;
    }
}
