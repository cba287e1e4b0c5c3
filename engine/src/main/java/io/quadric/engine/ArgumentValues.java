package io.quadric.engine;

import io.quadric.nn.registry.RecordType.Field;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// Values of arguments as text: numbers, truth values, constants of enums, characters (`comma`, `tab`, … or the
/// character itself), encodings, texts, perhaps [Optional], and lists and sets of texts, with `+` between them. A
/// comma, a plus sign or a backslash means itself after a backslash.
final class ArgumentValues {
    private static final char BETWEEN = '+';
    private static final String SPECIAL = "\\,+";

    private static final Map<String, Character> CHARACTERS = Map.of(
            "comma", ',', "semicolon", ';', "tab", '\t', "space", ' ', "bar", '|', "plus", '+');

    private ArgumentValues() {}

    private enum Truth {
        TRUE, FALSE
    }

    /// Whether an argument may be left out although it has no other value.
    static boolean mayBeEmpty(Field field) {
        Class<?> type = field.type();
        return type == Optional.class || Collection.class.isAssignableFrom(type);
    }

    /// The value that a text means.
    static Object read(Field field, String text) {
        try {
            if (field.type() == Optional.class) {
                return text.isEmpty() ? Optional.empty() : Optional.of(read(element(field), text));
            } else if (field.type() == List.class) {
                return texts(text);
            } else if (field.type() == Set.class) {
                return new LinkedHashSet<>(texts(text));
            }
            return read(field.type(), text);
        } catch (IllegalArgumentException e) {
            throw new InputException(field.name() + "=" + text + ", " + expected(field.type(), e));
        }
    }

    private static Class<?> element(Field field) {
        Type element = ((ParameterizedType) field.component().getGenericType()).getActualTypeArguments()[0];
        return (Class<?>) element;
    }

    private static Object read(Class<?> type, String text) {
        if (type == int.class) {
            return Integer.valueOf(text);
        } else if (type == long.class) {
            return Long.valueOf(text);
        } else if (type == double.class) {
            return Double.valueOf(text);
        } else if (type == boolean.class) {
            return Words.constant(Truth.class, text) == Truth.TRUE;
        } else if (type.isEnum()) {
            return Words.constant(type, text);
        } else if (type == char.class || type == Character.class) {
            return character(text);
        } else if (type == Charset.class) {
            return Charset.forName(text);
        } else if (type == String.class) {
            return plain(text);
        }
        throw new IllegalStateException("an argument of " + type.getName() + ", expected a number, a text or an enum");
    }

    private static char character(String text) {
        String plain = plain(text);
        if (plain.length() != 1 && !CHARACTERS.containsKey(text)) {
            throw new IllegalArgumentException("expected a character or one of "
                    + CHARACTERS.keySet().stream().sorted().collect(Collectors.joining(", ")));
        }
        return CHARACTERS.getOrDefault(text, plain.charAt(0));
    }

    private static String expected(Class<?> type, IllegalArgumentException e) {
        if (type == double.class) {
            return "expected a number";
        } else if (type == int.class || type == long.class) {
            return "expected a whole number of at most " + (type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
        }
        boolean known = e.getMessage() != null && e.getMessage().startsWith("expected");
        return known ? e.getMessage() : "expected the name of an encoding such as UTF-8";
    }

    private static List<String> texts(String text) {
        return text.isEmpty() ? List.of() : split(text, BETWEEN).stream().map(ArgumentValues::plain).toList();
    }

    /// The parts of a text between characters that no backslash precedes.
    static List<String> split(String text, char between) {
        List<String> parts = new ArrayList<>();
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) == '\\' && i + 1 < text.length() && SPECIAL.indexOf(text.charAt(i + 1)) >= 0) {
                i++;
            } else if (text.charAt(i) == between) {
                parts.add(text.substring(from, i));
                from = i + 1;
            }
        }
        parts.add(text.substring(from));
        return parts;
    }

    /// A text without the backslashes that take a special meaning away.
    static String plain(String text) {
        return text.replaceAll("\\\\([\\\\,+])", "$1");
    }

    /// The text that means a value.
    static String write(Object value) {
        return switch (value) {
            case Optional<?> optional -> optional.map(ArgumentValues::write).orElse("");
            case Collection<?> texts -> texts.stream().map(ArgumentValues::write).collect(Collectors.joining("+"));
            case Enum<?> constant -> Words.of(constant);
            case Character character -> CHARACTERS.entrySet().stream()
                    .filter(named -> named.getValue().equals(character))
                    .map(Map.Entry::getKey)
                    .findFirst()
                    .orElse(escaped(character.toString()));
            case String text -> escaped(text);
            default -> value.toString();
        };
    }

    /// The text of which [#plain] is the given one.
    static String escaped(String text) {
        return text.replaceAll("[,+]|\\\\(?=[\\\\,+]|$)", "\\\\$0");
    }
}
