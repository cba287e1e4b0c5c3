package io.quadric.engine.cli.output;

import io.quadric.engine.report.ProgressLines.Console;
import java.io.PrintWriter;

/// Where a command writes.
///
/// @param out results
/// @param err complaints
/// @param console what `out` can do
public record Output(PrintWriter out, PrintWriter err, Console console) {}
