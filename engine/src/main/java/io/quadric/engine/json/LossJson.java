package io.quadric.engine.json;

import io.quadric.engine.InputException;
import io.quadric.nn.Registries;
import io.quadric.nn.loss.Loss;
import io.quadric.nn.loss.NamedLoss;

/// Losses by their registered names.
public final class LossJson {
    private LossJson() {}

    /// {@return the loss of the given name}
    ///
    /// @param name the name
    /// @throws InputException if there is none
    public static Loss read(String name) {
        return InputException.unlessRefused(() -> Registries.LOSSES.get(name)).loss();
    }

    /// {@return the name of a loss}
    ///
    /// @param loss one of those that have a name
    /// @throws InputException if it has none
    public static String write(Loss loss) {
        return Registries.LOSSES.all().stream()
                .filter(named -> named.loss().equals(loss))
                .findFirst()
                .map(NamedLoss::name)
                .orElseThrow(() -> new InputException("the loss " + loss + " has no name in JSON"));
    }
}
