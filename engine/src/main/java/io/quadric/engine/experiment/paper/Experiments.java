package io.quadric.engine.experiment.paper;

import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Study;
import io.quadric.engine.experiment.measure.NaturalAlignmentStudy;
import io.quadric.engine.experiment.measure.UpdateAlignmentStudy;
import io.quadric.nn.registry.Registry;
import java.util.List;
import java.util.stream.Stream;

/// The registry of what `quadric experiment` can repeat.
public final class Experiments {
    /// All of them.
    public static final Registry<Study> ALL = new Registry<>(
            "experiment", Study.class,
            Stream.of(
                            RenExperiments.all(), HessianFreeExperiments.all(), List.of(new NaturalAlignmentStudy()),
                            UpdateAlignmentStudy.all())
                    .flatMap(List::stream)
                    .toList());

    private Experiments() {}

    /// {@return those that compare runs}
    public static List<Experiment> comparisons() {
        return ALL.all().stream().filter(Experiment.class::isInstance).map(Experiment.class::cast).toList();
    }
}
