package io.quadric.engine.cli.option;

import java.nio.file.Path;
import java.util.List;
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

    /// Whether it is named.
    public boolean isGiven() {
        return report.isPresent();
    }

    /// The right to write it where it is not in the folder of the command's other files.
    public ClaimedFiles claim() {
        return new ReadFiles(List.of()).claim("--report", report);
    }

    /// The file.
    ///
    /// @param folder of the command's other files
    public Path file(Path folder) {
        return report.orElse(folder.resolve("report.html"));
    }
}
