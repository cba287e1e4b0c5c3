package io.quadric.optim;

/// One hyper-parameter of an [Optimizer].
///
/// @param name its [key][Tunable#key()]
/// @param meaning what it is, in a few words
/// @param value its current value, printed
/// @param expected what may be given: a kind of number, `true | false`, or the names of the choices
public record HyperParameter(String name, String meaning, String value, String expected) {}
