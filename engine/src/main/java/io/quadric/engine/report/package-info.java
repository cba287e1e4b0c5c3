/// Reports of runs: progress lines, logs, tables and pictures.
///
/// [io.quadric.engine.report.JsonLog] has the format of a log; start there.
package io.quadric.engine.report;
