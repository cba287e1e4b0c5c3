package io.quadric.engine.json;

import io.quadric.engine.ArgumentText;
import io.quadric.engine.InputException;
import io.quadric.nn.Initializer;
import io.quadric.nn.InitializerKind;
import io.quadric.nn.Registries;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/// The first parameters, by the text that names their distribution: `glorot`, `sparse,connections=10`, or different
/// ones for some layers or arrays after semicolons, `glorot;0.wh=echo-state,radius=1.2;2=orthogonal`.
///
/// @param name the text
/// @param whole draws all arrays but those that are named
/// @param chosen draw arrays by their names, or by what the names of several begin with before a dot
public record Initialization(String name, Initializer whole, Map<String, Initializer> chosen) {
    /// Copies the map.
    public Initialization {
        chosen = Map.copyOf(chosen);
    }

    /// That of Glorot & Bengio (2010).
    public static final Initialization GLOROT = parse("glorot");
    /// Weights and biases uniform in ±1/√fan-in, which the Kronecker methods want on deep ReLU networks.
    public static final Initialization FAN_IN = parse("fan-in");

    /// {@return the distribution that a text names}
    ///
    /// @param text a registered name, and arguments; capitals and underscores of names, as in older checkpoints, do not
    ///     matter
    /// @throws InputException if there is none
    public static Initialization parse(String text) {
        String[] parts = text.split(";", -1);
        Map<String, Initializer> chosen = new LinkedHashMap<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] named = part.split("=", 2);
            if (named.length < 2) {
                throw new InputException("'" + part + "' in '" + text
                        + "', expected the name of a layer or an array, =, and an initialization");
            }
            chosen.put(named[0], initializer(normalized(named[1])));
        }
        parts[0] = normalized(parts[0]);
        return new Initialization(String.join(";", parts), initializer(parts[0]), chosen);
    }

    private static String normalized(String text) {
        return text.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static Initializer initializer(String text) {
        InitializerKind kind = InputException.unlessRefused(
                () -> Registries.INITIALIZERS.get(text.split("[:,]", 2)[0]));
        ArgumentText<Initializer> arguments = new ArgumentText<>(kind.name(), kind.type());
        return arguments.read(text, Map.of(), (type, operand) -> {
            throw new IllegalStateException(type + " is an argument of " + kind.name() + " without a default");
        });
    }

    /// {@return what draws the arrays}
    public Initializer initializer() {
        return initializer(Map.of());
    }

    /// {@return what draws the arrays where a model has initializations of its own}: what this one names counts first,
    /// then what the model names.
    ///
    /// @param ofModel by the names of arrays or layers
    public Initializer initializer(Map<String, Initialization> ofModel) {
        Map<String, Initializer> named = new LinkedHashMap<>();
        ofModel.forEach((array, other) -> named.put(array, other.initializer()));
        Initializer others = named.isEmpty() ? whole : new Initializer.ByName(named, whole);
        return chosen.isEmpty() ? others : new Initializer.ByName(chosen, others);
    }

    @Override
    public String toString() {
        return name;
    }
}
