package io.quadric.engine;

import io.quadric.nn.registry.Registry;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// Constants of enums as words: `fan-in` for `FAN_IN`.
public final class Words {
    private Words() {}

    /// {@return the word for a constant}
    ///
    /// @param constant the constant
    public static String of(Enum<?> constant) {
        return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// {@return the words for all constants of a type}
    ///
    /// @param type the enum
    public static List<String> all(Class<?> type) {
        return Arrays.stream(type.getEnumConstants()).map(constant -> of((Enum<?>) constant)).toList();
    }

    /// {@return the constant of a word}
    ///
    /// @param <E> the enum
    /// @param type the enum
    /// @param word the word, in any case
    /// @throws IllegalArgumentException if there is none; the message begins with "expected"
    public static <E> E constant(Class<E> type, String word) {
        int place = all(type).indexOf(word.toLowerCase(Locale.ROOT).replace('_', '-'));
        if (place < 0) {
            throw new IllegalArgumentException(Registry.expected(word, all(type)));
        }
        return type.getEnumConstants()[place];
    }
}
