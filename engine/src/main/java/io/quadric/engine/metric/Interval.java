package io.quadric.engine.metric;

/// Where a figure probably lies.
///
/// @param low the lower end
/// @param high the upper end
public record Interval(double low, double high) {}
