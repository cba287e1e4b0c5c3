package io.quadric.engine;

import io.quadric.nn.registry.RecordType;
import io.quadric.nn.registry.RecordType.Field;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;

/// Records as a line of text, such as `curves,cases=5000,seed=2` or `faces:FOLDER,copies=10`: a name; for a record with
/// an argument that must be given, a colon and the value of that argument, its operand; then the other arguments, each
/// of which may be left out.
///
/// Arguments are of the types `int`, `long`, `double`, `boolean`, or enums; what an operand is depends on the record.
///
/// @param <T> what the record is
/// @param name before the first colon or comma
/// @param type the class
public record ArgumentText<T>(String name, RecordType<T> type) {
    private boolean isOperand(Field field) {
        return field.otherwise().isEmpty();
    }

    private List<Field> options() {
        return type.fields().stream().filter(field -> !isOperand(field)).toList();
    }

    private String prefix() {
        return options().size() < type.fields().size() ? name + ":" : name;
    }

    /// {@return whether a text is meant to be such a record}
    ///
    /// @param text the text
    public boolean isMeant(String text) {
        String prefix = prefix();
        return prefix.equals(name) ? text.split(",", 2)[0].equals(name) : text.startsWith(prefix);
    }

    /// {@return the record that a text describes}
    ///
    /// @param text the text, which is meant to be such a record
    /// @param operand reads the operand for the class of that argument
    /// @throws InputException if an argument is unknown or its value is none, or the record refuses the values
    public T read(String text, BiFunction<Class<?>, String, ?> operand) {
        String[] parts = text.split(",", -1);
        Map<String, String> given = new LinkedHashMap<>();
        for (String part : Arrays.asList(parts).subList(1, parts.length)) {
            String[] member = part.split("=", 2);
            if (member.length < 2 || options().stream().noneMatch(field -> field.name().equals(member[0]))) {
                throw new InputException("'" + part + "' in '" + text + "', " + expected());
            }
            given.put(member[0], member[1]);
        }
        String head = parts[0].substring(prefix().length());
        return InputException.unlessRefused(() -> type.create(field -> isOperand(field)
                ? operand.apply(field.type(), head)
                : value(field, given.getOrDefault(field.name(), field.otherwise()))));
    }

    /// {@return the record whose operand has a value, and all other arguments those that they have otherwise}
    ///
    /// @param operand the value
    public T of(Object operand) {
        return type.create(field -> isOperand(field) ? operand : value(field, field.otherwise()));
    }

    private String expected() {
        return options().isEmpty()
                ? "expected no arguments"
                : "expected one of " + options().stream().map(field -> field.name() + "=").sorted()
                        .collect(Collectors.joining(", "));
    }

    private static Object value(Field field, String text) {
        Class<?> type = field.type();
        try {
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
            }
        } catch (IllegalArgumentException e) {
            throw new InputException(field.name() + "=" + text + ", " + expected(type, e));
        }
        throw new IllegalStateException("the argument " + field.name() + " is a " + type.getName()
                + ", expected a number, a truth value or an enum");
    }

    private enum Truth {
        TRUE, FALSE
    }

    private static String expected(Class<?> type, IllegalArgumentException e) {
        if (type == double.class) {
            return "expected a number";
        } else if (type.isPrimitive() && type != boolean.class) {
            return "expected a whole number of at most " + (type == int.class ? Integer.MAX_VALUE : Long.MAX_VALUE);
        }
        return e.getMessage();
    }

    /// {@return the text of a record, with all its arguments}
    ///
    /// @param value the record
    /// @param operand writes the operand
    public String write(T value, Function<Object, String> operand) {
        StringBuilder text = new StringBuilder(prefix());
        for (Field field : type.fields()) {
            Object argument = field.of(value);
            if (isOperand(field)) {
                text.append(operand.apply(argument));
            } else {
                text.append(',').append(field.name()).append('=').append(
                        argument instanceof Enum<?> constant ? Words.of(constant) : argument);
            }
        }
        return text.toString();
    }
}
