package io.quadric.engine.html;

import io.quadric.engine.report.RunHistory;
import java.util.List;

/// Runs that differ by their seed alone: one line in a chart.
///
/// @param name in legends
/// @param runs their histories
public record RunGroup(String name, List<RunHistory> runs) {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there is no run
    public RunGroup {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) {
            throw new IllegalArgumentException("no run of " + name + ", expected at least one");
        }
    }

    Track steps(int most) {
        return Track.of(runs.stream().map(RunHistory::steps).toList(), most);
    }

    Track evaluations(int most) {
        return Track.of(runs.stream().map(RunHistory::evaluations).toList(), most);
    }
}
