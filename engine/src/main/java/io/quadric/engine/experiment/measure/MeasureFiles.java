package io.quadric.engine.experiment.measure;

import io.quadric.engine.experiment.Measurement;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.report.Machine;
import io.quadric.engine.report.Text;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/// The files of a measurement.
///
/// @param folder for the files
record MeasureFiles(Path folder) {
    /// Writes a text; it replaces an older one.
    void text(String file, String content) {
        OutputFile.write(folder.resolve(file), out -> out.write(content.getBytes(StandardCharsets.UTF_8)));
    }

    /// What `table.md` begins with: name, summary, source, machine and date.
    static String heading(Measurement study, String source) {
        return "# " + study.name() + "\n\n" + study.summary() + ". " + source + ".\n\n" + Machine.describe()
                + "- date: " + LocalDate.now() + "\n\n";
    }

    /// A row of a table in Markdown: words, then numbers with five significant digits.
    static String row(List<String> words, double... numbers) {
        StringBuilder text = new StringBuilder("|");
        words.forEach(word -> text.append(' ').append(word).append(" |"));
        for (double number : numbers) {
            text.append(' ').append(Double.isNaN(number) ? "–" : Text.number(number)).append(" |");
        }
        return text.append('\n').toString();
    }

    /// The line below the names of a table's columns.
    static String rule(int columns) {
        return "|" + "---|".repeat(columns) + "\n";
    }
}
