package io.quadric.engine.train;

import java.util.List;
import java.util.Optional;

/// Says whether a run ends before its schedule does.
@FunctionalInterface
public interface Stop {
    /// {@return why the run ends after a step, if it does}
    ///
    /// @param event the step
    Optional<String> reason(StepEvent event);

    /// {@return never}
    static Stop never() {
        return event -> Optional.empty();
    }

    /// {@return the first reason that one of several has; all are asked after every step}
    ///
    /// @param stops in the order of their precedence
    static Stop any(List<? extends Stop> stops) {
        return event -> stops.stream()
                .map(stop -> stop.reason(event))
                .toList()
                .stream()
                .flatMap(Optional::stream)
                .findFirst();
    }
}
