package io.quadric.nn.layer;

import java.util.OptionalInt;

/// Which of a layer's parameters form an [AffineBlock].
///
/// @param weight the position of the weight in [Layer#parameters]
/// @param bias the position of the bias, if there is one
public record BlockSpec(int weight, OptionalInt bias) {}
