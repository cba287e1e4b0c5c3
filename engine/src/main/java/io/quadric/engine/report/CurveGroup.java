package io.quadric.engine.report;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.ToDoubleFunction;

/// Curves of runs that differ by their seed alone, which pictures show as one line.
///
/// @param name in legends
/// @param curves of the runs
public record CurveGroup(String name, List<Curve> curves) {
    /// Copies the list.
    ///
    /// @throws IllegalArgumentException if there is no curve
    public CurveGroup {
        curves = List.copyOf(curves);
        if (curves.isEmpty()) {
            throw new IllegalArgumentException("no curve of " + name + ", expected at least one");
        }
    }

    /// {@return a group for each curve}
    ///
    /// @param curves of single runs
    public static List<CurveGroup> each(List<Curve> curves) {
        return curves.stream().map(curve -> new CurveGroup(curve.name(), List.of(curve))).toList();
    }

    /// The evaluations of all curves at each step that all of them evaluated; at a step that one has twice, the last.
    private List<List<Curve.Point>> common() {
        List<Map<Long, Curve.Point>> bySteps = new ArrayList<>();
        Set<Long> steps = new LinkedHashSet<>();
        curves.getFirst().points().forEach(point -> steps.add(point.at().step()));
        for (Curve curve : curves) {
            Map<Long, Curve.Point> byStep = new HashMap<>();
            curve.points().forEach(point -> byStep.put(point.at().step(), point));
            steps.retainAll(byStep.keySet());
            bySteps.add(byStep);
        }
        return steps.stream().map(step -> bySteps.stream().map(byStep -> byStep.get(step)).toList()).toList();
    }

    /// The mean over the runs, and the band of one standard deviation each way; NaN where a run lacks the figure.
    LineChart.Line line(ToDoubleFunction<Curve.Point> position, ToDoubleFunction<Curve.Point> figure) {
        List<List<Curve.Point>> common = common();
        double[] x = new double[common.size()];
        double[] y = new double[common.size()];
        double[] deviation = new double[common.size()];
        for (int i = 0; i < x.length; i++) {
            MeanAndDeviation here = MeanAndDeviation.of(common.get(i).stream().mapToDouble(figure).toArray());
            x[i] = MeanAndDeviation.of(common.get(i).stream().mapToDouble(position).toArray()).mean();
            y[i] = here.mean();
            deviation[i] = here.deviation();
        }
        return new LineChart.Line(name, x, y, deviation);
    }
}
