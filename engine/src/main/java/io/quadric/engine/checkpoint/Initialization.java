package io.quadric.engine.checkpoint;

import io.quadric.engine.ArgumentText;
import io.quadric.engine.InputException;
import io.quadric.nn.Initializer;
import io.quadric.nn.InitializerKind;
import io.quadric.nn.Registries;
import java.util.Locale;
import java.util.Map;

/// The first parameters, by the text that names their distribution.
///
/// @param name such as `glorot` or `sparse,connections=10`
/// @param initializer draws them
public record Initialization(String name, Initializer initializer) {
    /// That of Glorot & Bengio (2010).
    public static final Initialization GLOROT = parse("glorot");
    /// Weights and biases uniform in ±1/√fan-in, which the Kronecker methods want on deep ReLU networks.
    public static final Initialization FAN_IN = parse("fan-in");

    /// {@return the distribution that a text names}
    ///
    /// @param text a registered name, and arguments; capitals and underscores, as in older checkpoints, do not matter
    /// @throws InputException if there is none
    public static Initialization parse(String text) {
        String name = text.toLowerCase(Locale.ROOT).replace('_', '-');
        InitializerKind kind = InputException.unlessRefused(
                () -> Registries.INITIALIZERS.get(name.split("[:,]", 2)[0]));
        ArgumentText<Initializer> arguments = new ArgumentText<>(kind.name(), kind.type());
        return new Initialization(name, arguments.read(name, Map.of(), (type, operand) -> {
            throw new IllegalStateException(type + " is an argument of " + kind.name() + " without a default");
        }));
    }

    @Override
    public String toString() {
        return name;
    }
}
