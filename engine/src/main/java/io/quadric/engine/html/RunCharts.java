package io.quadric.engine.html;

import io.quadric.engine.html.Chart.Line;
import io.quadric.engine.html.Chart.Scale;
import io.quadric.engine.html.FigureNames.Figure;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// The charts of one or several groups of runs.
final class RunCharts {
    private static final List<String> LOSSES = List.of("trainLoss", "testLoss");

    private static final int MOST_OF_ONE = 1200;
    private static final int MOST_OF_EACH = 400;

    private final List<RunGroup> groups;
    private final int most;
    private final List<Track> evaluations;
    private final List<Track> steps;

    RunCharts(List<RunGroup> groups) {
        this.groups = groups;
        most = groups.size() == 1 ? MOST_OF_ONE : MOST_OF_EACH;
        evaluations = groups.stream().map(group -> group.evaluations(most)).toList();
        steps = groups.stream().map(group -> group.steps(most)).toList();
    }

    /// What has to be said about all charts; empty if nothing has.
    String note() {
        boolean several = groups.stream().anyMatch(group -> group.runs().size() > 1);
        boolean thinned = steps.stream().anyMatch(Track::isThinned);
        return (several
                ? "Lines are means over runs from several seeds, shaded bands one standard deviation each way, over "
                        + "the steps that all of them took. "
                : "") + (thinned ? "Of each run, at most " + most + " evenly spaced steps are drawn." : "");
    }

    /// Losses and errors of all cases.
    List<Chart> results() {
        List<Chart> charts = new ArrayList<>();
        if (groups.size() == 1) {
            charts.add(new Chart(
                    "Loss",
                    "Mean loss of the cases that are trained on, and of those that are not.",
                    Scale.LOGARITHMIC,
                    lines(evaluations, LOSSES)));
        } else {
            LOSSES.forEach(name -> charts.add(chart(evaluations, name)));
        }
        charts.add(chart(evaluations, "testError"));
        charts.add(chart(evaluations, "testSquaredError"));
        return filled(charts);
    }

    private List<Line> lines(List<Track> tracks, List<String> figures) {
        List<Line> lines = new ArrayList<>();
        for (int k = 0; k < figures.size(); k++) {
            String title = FigureNames.of(figures.get(k)).title();
            for (int i = 0; i < tracks.size(); i++) {
                Track.Spread values = tracks.get(i).spread(figures.get(k));
                String name = groups.size() == 1 ? title : groups.get(i).name();
                if (!values.isEmpty()) {
                    lines.add(new Line(name, i + k, tracks.get(i), values));
                }
            }
        }
        return lines;
    }

    private Chart chart(List<Track> tracks, String name) {
        Figure figure = FigureNames.of(name);
        return new Chart(figure.title(), figure.note(), figure.scale(), lines(tracks, List.of(name)));
    }

    private static List<Chart> filled(List<Chart> charts) {
        return charts.stream().filter(chart -> !chart.isEmpty()).toList();
    }

    /// What the methods tell of each step; counts that never change, as those of rare troubles, are left out.
    List<Chart> method() {
        Set<String> names = new LinkedHashSet<>();
        steps.forEach(track -> names.addAll(track.figures()));
        names.removeAll(List.of("trainLoss", "testLoss", "testError", "testSquaredError", "penalty"));
        return filled(names.stream()
                .filter(name -> FigureNames.isKnown(name)
                        || steps.stream().anyMatch(track -> !track.spread(name).isConstant()))
                .map(name -> chart(steps, name))
                .toList());
    }

    /// The norms of the parameter arrays, a chart for each group.
    List<Chart> norms(String member, String title, String note) {
        List<Chart> charts = new ArrayList<>();
        for (int i = 0; i < groups.size(); i++) {
            Track track = evaluations.get(i);
            List<Line> lines = new ArrayList<>();
            for (String name : track.names(member)) {
                Track.Spread values = track.spread(line -> line.path(member).path(name));
                lines.add(new Line(name, lines.size(), track, values));
            }
            String of = groups.size() == 1 ? "" : ": " + groups.get(i).name();
            charts.add(new Chart(title + of, note, Scale.LOGARITHMIC, lines));
        }
        return filled(charts);
    }
}
