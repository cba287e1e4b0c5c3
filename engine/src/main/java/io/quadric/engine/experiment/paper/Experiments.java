package io.quadric.engine.experiment.paper;

import io.quadric.engine.experiment.Experiment;
import io.quadric.engine.experiment.Measurement;
import io.quadric.engine.experiment.Study;
import io.quadric.engine.experiment.measure.CgCurveStudy;
import io.quadric.engine.experiment.measure.CurvatureBlockStudy;
import io.quadric.engine.experiment.measure.LossSurfaceStudy;
import io.quadric.engine.experiment.measure.NaturalAlignmentStudy;
import io.quadric.engine.experiment.measure.PairRatioStudy;
import io.quadric.engine.experiment.measure.UpdateAlignmentStudy;
import io.quadric.nn.registry.Registry;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// The registry of what `quadric experiment` can repeat.
public final class Experiments {
    /// All of them.
    public static final Registry<Study> ALL = new Registry<>(
            "experiment", Study.class,
            Stream.of(
                    HessianFreeExperiments.all(), ZhangExperiments.all(), BotevExperiments.all(),
                    RenTwoExperiments.all(), RenExperiments.all(), ConvolutionExperiments.all(), SmwExperiments.all(),
                    measurements())
                    .flatMap(List::stream)
                    .toList());

    private Experiments() {}

    private static List<Measurement> measurements() {
        List<Measurement> all = new ArrayList<>(List.of(
                new NaturalAlignmentStudy(), new CgCurveStudy(), new CurvatureBlockStudy(), new PairRatioStudy(),
                new LossSurfaceStudy()));
        all.addAll(UpdateAlignmentStudy.all());
        return all;
    }

    /// {@return those that compare runs}
    public static List<Experiment> comparisons() {
        return ALL.all().stream().filter(Experiment.class::isInstance).map(Experiment.class::cast).toList();
    }
}
