/// What commands print and write: text, tables, JSON and reports.
package io.quadric.engine.cli.output;
