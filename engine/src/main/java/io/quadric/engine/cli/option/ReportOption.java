package io.quadric.engine.cli.option;

import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// Where a command that makes several runs writes its report.
public final class ReportOption {
    @Option(
            names = "--report",
            paramLabel = "FILE",
            description = "Report with curves, settings and provenance, one HTML file that needs no network (default:"
                    + " report.html in the folder of --out).")
    private Optional<Path> report = Optional.empty();

    /// The file.
    ///
    /// @param folder of the command's other files
    public Path file(Path folder) {
        report.ifPresent(given -> TrainFiles.requireWritable("--report", given));
        return report.orElse(folder.resolve("report.html"));
    }
}
