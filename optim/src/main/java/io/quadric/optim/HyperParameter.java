package io.quadric.optim;

import java.util.List;

/// One hyper-parameter of an [Optimizer].
///
/// @param name its [key][Tunable#key()]
/// @param meaning what it is, in a few words
/// @param value its current value, printed
/// @param expected what may be given: a kind of number, `true | false`, or the names of the choices
/// @param searched the least and the largest value among which a [search][Tunable#searchFrom()] looks for a better one;
///     empty if the value is left alone, or is 0, around which there is no logarithmic range
public record HyperParameter(
        String name, String meaning, String value, String expected, List<Double> searched) {}
