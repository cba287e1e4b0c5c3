package io.quadric.engine;

import io.quadric.nn.registry.RecordType;
import io.quadric.nn.registry.RecordType.Field;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Records as a line of text, such as `curves,cases=5000,seed=2` or `faces:FOLDER,copies=10`: a name; for a record with
/// an argument that must be given, a colon and the value of that argument, its operand; then the other arguments, each
/// of which may be left out.
///
/// Arguments are of the types that [ArgumentValues] reads; an argument that is a record means the arguments of
/// that record. What an operand is depends on the record.
///
/// @param <T> what the record is
/// @param name before the first colon or comma
/// @param type the class
public record ArgumentText<T>(String name, RecordType<T> type) {
    /// {@return a text as a value of an argument}, in which commas, plus signs and backslashes mean themselves
    ///
    /// @param text any text
    public static String escaped(String text) {
        return ArgumentValues.escaped(text);
    }

    private static boolean isNested(Field field) {
        return field.type().isRecord();
    }

    private static boolean isOperand(Field field) {
        return field.otherwise().isEmpty() && !isNested(field) && !ArgumentValues.mayBeEmpty(field);
    }

    private static List<Field> inner(Field field) {
        return new RecordType<>(field.type()).fields();
    }

    private List<Field> options() {
        return type.fields().stream()
                .filter(field -> !isOperand(field))
                .flatMap(field -> isNested(field) ? inner(field).stream() : Stream.of(field))
                .toList();
    }

    /// {@return the names of the arguments that may be left out, in order}
    public List<String> optional() {
        return options().stream().map(Field::name).toList();
    }

    private String prefix() {
        return type.fields().stream().anyMatch(ArgumentText::isOperand) ? name + ":" : name;
    }

    /// {@return whether a text is meant to be such a record}
    ///
    /// @param text the text
    public boolean isMeant(String text) {
        String prefix = prefix();
        return prefix.equals(name)
                ? ArgumentValues.split(text, ',').getFirst().equals(name)
                : text.startsWith(prefix);
    }

    /// {@return the record that a text describes}
    ///
    /// @param text the text, which is meant to be such a record
    /// @param more values of further arguments by name, which those in the text replace
    /// @param operand reads the operand for the class of that argument
    /// @throws InputException if an argument is unknown or its value is none, or the record refuses the values
    public T read(String text, Map<String, String> more, BiFunction<Class<?>, String, ?> operand) {
        List<String> parts = ArgumentValues.split(text, ',');
        Map<String, String> given = new LinkedHashMap<>(known(more));
        Set<String> names = new HashSet<>();
        for (String part : parts.subList(1, parts.size())) {
            String[] member = part.split("=", 2);
            if (member.length < 2 || options().stream().noneMatch(field -> field.name().equals(member[0]))) {
                throw new InputException("'" + part + "' in '" + text + "', " + expected());
            }
            if (!names.add(member[0])) {
                throw new InputException("'" + part + "' in '" + text + "', expected " + member[0] + "= once");
            }
            given.put(member[0], member[1]);
        }
        String head = ArgumentValues.plain(parts.getFirst().substring(prefix().length()));
        try {
            return create(given, type -> operand.apply(type, head));
        } catch (IllegalArgumentException e) {
            throw new InputException("'" + text + "': " + e.getMessage());
        }
    }

    private T create(Map<String, String> given, Function<Class<?>, ?> operand) {
        return type.create(field -> {
            if (isNested(field)) {
                return new RecordType<>(field.type()).create(inner -> value(inner, given));
            }
            return isOperand(field) ? operand.apply(field.type()) : value(field, given);
        });
    }

    private static Object value(Field field, Map<String, String> given) {
        return ArgumentValues.read(field, given.getOrDefault(field.name(), field.otherwise()));
    }

    private Map<String, String> known(Map<String, String> arguments) {
        List<String> names = optional();
        arguments.keySet().stream().filter(name -> !names.contains(name)).findFirst().ifPresent(name -> {
            throw new InputException("'" + name + "=" + arguments.get(name) + "' for data of the kind " + this.name
                    + ", " + expected());
        });
        return arguments;
    }

    /// {@return the record whose operand has a value, and all other arguments those that they have otherwise}
    ///
    /// @param operand the value
    /// @param more values of arguments by name
    /// @throws InputException if an argument is unknown or its value is none, or the record refuses the values
    public T of(Object operand, Map<String, String> more) {
        return InputException.unlessRefused(() -> create(known(more), type -> operand));
    }

    private String expected() {
        return options().isEmpty()
                ? "expected no arguments"
                : "expected one of " + options().stream().map(field -> field.name() + "=").sorted()
                        .collect(Collectors.joining(", "));
    }

    /// {@return the text of a record, with all its arguments but those of nested records that are as they are
    /// otherwise}
    ///
    /// @param value the record
    /// @param operand writes the operand
    public String write(T value, Function<Object, String> operand) {
        StringBuilder text = new StringBuilder(prefix());
        StringBuilder rest = new StringBuilder();
        for (Field field : type.fields()) {
            Object argument = field.of(value);
            if (isOperand(field)) {
                text.append(ArgumentValues.escaped(operand.apply(argument)));
            } else if (isNested(field)) {
                inner(field).stream()
                        .filter(inner -> !ArgumentValues.read(inner, inner.otherwise()).equals(inner.of(argument)))
                        .forEach(inner -> append(rest, inner, inner.of(argument)));
            } else {
                append(rest, field, argument);
            }
        }
        return text.append(rest).toString();
    }

    private static void append(StringBuilder text, Field field, Object argument) {
        text.append(',').append(field.name()).append('=').append(ArgumentValues.write(argument));
    }
}
