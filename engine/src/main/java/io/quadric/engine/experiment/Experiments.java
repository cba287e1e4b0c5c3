package io.quadric.engine.experiment;

import io.quadric.engine.InputException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// All experiments but [AlignmentStudy], which compares no runs.
public final class Experiments {
    private Experiments() {}

    /// {@return all of them}
    public static List<Experiment> all() {
        return Stream.of(RenExperiments.all(), HessianFreeExperiments.all()).flatMap(List::stream).toList();
    }

    /// {@return the experiment of the given name}
    ///
    /// @param name the name
    /// @throws InputException if there is none; the message names the known ones
    public static Experiment named(String name) {
        return all().stream()
                .filter(experiment -> experiment.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new InputException("unknown experiment '" + name + "', expected one of "
                        + all().stream().map(Experiment::name).collect(Collectors.joining(", "))
                        + ", " + AlignmentStudy.NAME));
    }
}
