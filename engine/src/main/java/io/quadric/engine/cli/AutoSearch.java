package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.cli.option.SearchOptions;
import io.quadric.engine.cli.output.TuningReport;
import io.quadric.engine.experiment.Grid;
import io.quadric.engine.experiment.Halving;
import io.quadric.engine.experiment.HalvingPlan;
import io.quadric.engine.experiment.SearchSpace;
import io.quadric.engine.experiment.Tuning;
import io.quadric.engine.train.ChunkPlace;
import io.quadric.engine.train.Schedule;
import io.quadric.linalg.Workspace;
import java.io.PrintWriter;
import java.util.Optional;

/// A search over the hyper-parameters of a method before it trains.
///
/// @param space what is searched
/// @param setup what would be trained
/// @param plan how many updates
record AutoSearch(SearchSpace space, TrainSetup setup, HalvingPlan plan) {
    /// What is said where [#search] is interrupted.
    static final String INTERRUPTED = "quadric: interrupted; the search begins anew";

    /// For a run.
    ///
    /// @param setup what would be trained
    /// @param schedule of the run
    /// @param options how much is searched
    static AutoSearch of(TrainSetup setup, Schedule schedule, SearchOptions options) {
        return new AutoSearch(
                SearchSpace.of(setup.run().optimizer()), setup, options.plan(schedule, setup.run().plan()));
    }

    /// {@return what it comes to}; empty if it is interrupted
    Optional<Tuning> search(ChunkPlace place, Workspace ws, PrintWriter out) {
        try (Interrupt interrupt = new Interrupt()) {
            return new Halving(space, setup.training().at(place), plan, ws).search(interrupt.cancellation(), line -> {
                out.println(line);
                out.flush();
            });
        }
    }

    /// What is found, in a line.
    static String found(Tuning tuning) {
        return tuning.best().map(best -> "found: " + Grid.text(best.values())).orElseGet(tuning::failure);
    }

    /// For the heading of a log.
    static ObjectNode json(Tuning tuning) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        new TuningReport(tuning).write(node);
        return node;
    }
}
