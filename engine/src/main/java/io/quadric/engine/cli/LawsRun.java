package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.file.OutputFile;
import io.quadric.engine.json.SubjectJson;
import io.quadric.engine.report.LawReportJson;
import io.quadric.verify.Law;
import io.quadric.verify.LawReport;
import io.quadric.verify.LawResult;
import io.quadric.verify.Laws;
import io.quadric.verify.Shrinker;
import io.quadric.verify.Subject;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Some laws held against some subjects, with a table, smaller subjects for what failed, and a report in JSON.
///
/// @param laws the laws
/// @param seed decides the random directions
/// @param threads on which subjects are checked
/// @param out receives the table
/// @param json a file for the report
record LawsRun(List<Law> laws, long seed, int threads, PrintWriter out, Optional<Path> json) {
    /// Every one costs as many checks as it takes steps to shrink it.
    private static final int MOST_SHRUNKEN = 3;

    /// {@return whether all laws held}
    ///
    /// @param subjects what is checked, one by one
    /// @param title what they are, for the last line
    boolean check(Stream<Subject> subjects, String title) {
        long begin = System.nanoTime();
        LawReport report = Laws.check(laws, subjects, seed, threads);
        double seconds = (System.nanoTime() - begin) * 1e-9;
        out.print(report);
        String verdict = report.holds() ? "PASS" : "FAIL";
        ObjectNode document = LawReportJson.write(report);
        document.put("title", title).put("seed", seed).put("seconds", seconds);
        ArrayNode failures = document.putArray("failures");
        report.failures().stream().limit(MOST_SHRUNKEN).forEach(failure -> shrink(failure, failures.addObject()));
        json.ifPresent(file -> write(document, file));
        out.printf(Locale.ROOT, "%n%s, seed %d, %.1f s: %s%n", title, seed, seconds, verdict);
        return report.holds();
    }

    private void shrink(LawResult failure, ObjectNode node) {
        Subject small = Shrinker.shrink(failure.worst().orElseThrow(), failure.law(), seed);
        ObjectNode subject = SubjectJson.write(small);
        node.put("law", failure.law().name()).set("subject", subject);
        out.printf(
                Locale.ROOT, "%n%s fails on this too; save it and try again with --replay FILE --seed %d:%n%s%n",
                failure.law().name(),
                seed,
                subject);
    }

    private static void write(ObjectNode document, Path file) {
        OutputFile.write(
                file, stream -> stream.write(document.toPrettyString().concat("\n").getBytes(StandardCharsets.UTF_8)));
    }
}
