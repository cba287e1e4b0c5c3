package io.quadric.nn.loss;

import io.quadric.nn.registry.Named;

/// A loss by name.
///
/// @param name the name in JSON
/// @param loss the loss
public record NamedLoss(String name, Loss loss) implements Named {}
