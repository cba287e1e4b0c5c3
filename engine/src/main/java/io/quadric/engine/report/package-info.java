/// Reports of runs: progress lines, logs, tables and pictures.
package io.quadric.engine.report;
