package io.quadric.linalg.internal.kernel;

/// Rows that become columns of panels. There is one object for each packing, so that a call passes three numbers only.
///
/// @param rows where the rows are
/// @param stride elements between the beginnings of two rows
/// @param panels where the panels are
/// @param width elements of a row of a panel
public record DoubleTransposition(/*E*/double[] rows, int stride, /*E*/double[] panels, int width) {}
