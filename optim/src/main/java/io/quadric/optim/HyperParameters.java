package io.quadric.optim;

import io.quadric.nn.registry.Registry;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Reads and replaces the hyper-parameters of an optimizer by key, for command lines and files. In Java code, use the
/// records themselves.
///
/// A hyper-parameter is a component annotated with [Tunable] of the optimizer's record or of a record within it. Where
/// its type is an interface, what may be given are the constants of its enums: those that a sealed interface permits,
/// and those nested in an open one. A value of your own is printed by its `toString`, and can be replaced but not
/// named.
public final class HyperParameters {
    private HyperParameters() {}

    /// {@return all hyper-parameters with their values}; none if the optimizer is not a record
    ///
    /// @param optimizer whose they are
    public static List<HyperParameter> of(Optimizer optimizer) {
        List<HyperParameter> list = new ArrayList<>();
        collect(optimizer, list);
        return list;
    }

    private static void collect(Object values, List<HyperParameter> list) {
        if (!(values instanceof Record)) {
            return;
        }
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            Object value = read(component, values);
            Tunable tunable = component.getAnnotation(Tunable.class);
            if (tunable == null) {
                collect(value, list);
            } else {
                String expected = expected(component.getType());
                List<Double> searched = searched(tunable, value);
                list.add(new HyperParameter(
                        key(component, tunable), tunable.value(), print(value), expected, searched));
            }
        }
    }

    private static List<Double> searched(Tunable tunable, Object value) {
        return value instanceof Double number && number > 0 && tunable.searchFrom() < tunable.searchTo()
                ? List.of(tunable.searchFrom() * number, tunable.searchTo() * number)
                : List.of();
    }

    private static String key(RecordComponent component, Tunable tunable) {
        return tunable.key().isEmpty() ? component.getName() : tunable.key();
    }

    /// {@return the same optimizer with other values}
    ///
    /// @param optimizer a record, unless there are no values
    /// @param values printed values by key
    /// @throws IllegalArgumentException if a key is unknown or a value is not what is expected; the message names them
    public static Optimizer with(Optimizer optimizer, Map<String, String> values) {
        List<String> known = of(optimizer).stream().map(HyperParameter::name).toList();
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown hyper-parameter '" + name + "', "
                        + Registry.expected(name, known.stream().sorted().toList()));
            }
        }
        return (Optimizer) rebuild(optimizer, values);
    }

    private static Object rebuild(Object old, Map<String, String> values) {
        if (!(old instanceof Record)) {
            return old;
        }
        RecordComponent[] components = old.getClass().getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object value = read(components[i], old);
            Tunable tunable = components[i].getAnnotation(Tunable.class);
            if (tunable == null) {
                arguments[i] = rebuild(value, values);
            } else {
                String key = key(components[i], tunable);
                String text = values.getOrDefault(key, print(value));
                arguments[i] = text.equals(print(value)) ? value : parse(key, text, components[i].getType());
            }
        }
        return construct(old.getClass(), components, arguments);
    }

    private static Object construct(Class<?> type, RecordComponent[] components, Object[] arguments) {
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            var constructor = type.getDeclaredConstructor(types);
            constructor.trySetAccessible();
            return constructor.newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw closed(type, e);
        }
    }

    private static Object read(RecordComponent component, Object record) {
        try {
            component.getAccessor().trySetAccessible();
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw closed(record.getClass(), e);
        }
    }

    private static IllegalArgumentException closed(Class<?> type, ReflectiveOperationException cause) {
        return new IllegalArgumentException("the record " + type.getName()
                + " cannot be read: its package is neither exported nor opened to io.quadric.optim", cause);
    }

    private static Object parse(String key, String text, Class<?> type) {
        try {
            return switch (type.getSimpleName()) {
                case "double" -> Double.valueOf(text);
                case "int" -> Integer.valueOf(text);
                case "String" -> text;
                default -> choices(type).filter(choice -> print(choice).equals(text)).findFirst().orElseThrow(
                        IllegalArgumentException::new);
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "hyper-parameter " + key + ": '" + text + "' given, expected " + expected(type), e);
        }
    }

    /// The values of a type that has few of them.
    private static Stream<Object> choices(Class<?> type) {
        if (type.isEnum() || type == boolean.class) {
            return type.isEnum() ? Stream.of(type.getEnumConstants()) : Stream.of(true, false);
        }
        Class<?>[] within = type.isSealed() ? type.getPermittedSubclasses() : type.getDeclaredClasses();
        return Stream.of(within).filter(type::isAssignableFrom).flatMap(HyperParameters::choices);
    }

    private static String expected(Class<?> type) {
        return switch (type.getSimpleName()) {
            case "double" -> "a number";
            case "int" -> "a whole number";
            case "String" -> "text";
            default -> choices(type).map(HyperParameters::print).collect(Collectors.joining(" | "));
        };
    }

    private static String print(Object value) {
        return value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT).replace('_', '-') : value.toString();
    }
}
