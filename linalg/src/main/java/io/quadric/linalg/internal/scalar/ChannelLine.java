package io.quadric.linalg.internal.scalar;

/// y ← factor x + summand for `length` elements: a channel of an image.
public record ChannelLine(double factor, double summand, int length) {}
