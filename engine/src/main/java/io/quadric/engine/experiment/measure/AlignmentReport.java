package io.quadric.engine.experiment.measure;

import io.quadric.engine.experiment.measure.Alignment.Cosines;
import io.quadric.engine.report.LineChart;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;

/// The files of the study of alignments: `alignment.csv`, `alignment.png` and `table.md`.
///
/// @param folder for the files
public record AlignmentReport(Path folder) {
    /// Writes everything; the files replace older ones.
    ///
    /// @param cosines of all steps
    public void write(List<Cosines> cosines) {
        MeasureFiles files = new MeasureFiles(folder);
        files.text("alignment.csv", csv(cosines));
        files.text("table.md", table(cosines));
        LineChart.png(folder.resolve("alignment.png"), List.of(
                chart("with the block Gauss-Newton direction", cosines, Cosines::block),
                chart("with the full Gauss-Newton direction", cosines, Cosines::full)));
    }

    private static String csv(List<Cosines> cosines) {
        StringBuilder text = new StringBuilder("step,method,block,full");
        for (int layer = 1; layer <= cosines.getFirst().layers().size(); layer++) {
            text.append(",layer").append(layer);
        }
        for (Cosines at : cosines) {
            text.append('\n').append(at.step()).append(',').append(at.method());
            text.append(',').append(at.block()).append(',').append(at.full());
            at.layers().forEach(layer -> text.append(',').append(layer));
        }
        return text.append('\n').toString();
    }

    private static List<String> methods(List<Cosines> cosines) {
        return cosines.stream().map(Cosines::method).distinct().toList();
    }

    private static List<Cosines> of(String method, List<Cosines> cosines) {
        return cosines.stream().filter(at -> at.method().equals(method)).toList();
    }

    private static String table(List<Cosines> cosines) {
        int layers = cosines.getFirst().layers().size();
        long steps = cosines.getLast().step();
        StringBuilder text = new StringBuilder(MeasureFiles.heading(new AlignmentStudy(), AlignmentStudy.SOURCE));
        text.append("Means over ").append(steps)
                .append(" steps; with the block direction also layer by layer.\n\n| direction | block | full |");
        for (int layer = 1; layer <= layers; layer++) {
            text.append(" layer ").append(layer).append(" |");
        }
        text.append("\n|").append("---|".repeat(layers + 3)).append('\n');
        for (String method : methods(cosines)) {
            List<Cosines> its = of(method, cosines);
            text.append("| ").append(method).append(mean(its, Cosines::block)).append(mean(its, Cosines::full));
            for (int layer = 0; layer < layers; layer++) {
                int index = layer;
                text.append(mean(its, at -> at.layers().get(index)));
            }
            text.append(" |\n");
        }
        return text.append("\n![Cosines](alignment.png)\n").toString();
    }

    private static String mean(List<Cosines> cosines, ToDoubleFunction<Cosines> figure) {
        return String.format(
                Locale.ROOT, " | %.3f", cosines.stream().mapToDouble(figure).average().orElse(Double.NaN));
    }

    private static LineChart chart(String title, List<Cosines> cosines, ToDoubleFunction<Cosines> figure) {
        return new LineChart("Cosine " + title, "steps", "cosine", LineChart.Scale.LINEAR,
                methods(cosines).stream()
                        .map(method -> new LineChart.Line(
                                method,
                                of(method, cosines).stream().mapToDouble(Cosines::step).toArray(),
                                of(method, cosines).stream().mapToDouble(figure).toArray()))
                        .collect(Collectors.toList()));
    }
}
