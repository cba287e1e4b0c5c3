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

/// Reads and replaces the hyper-parameters of an optimizer by name, for command lines and files. In Java code, use the
/// records themselves.
///
/// A hyper-parameter is a component annotated with [Tunable] of the optimizer's record or of a record within it.
public final class HyperParameters {
    private HyperParameters() {}

    /// {@return all hyper-parameters with their values}
    ///
    /// @param optimizer a record
    public static List<HyperParameter> of(Optimizer optimizer) {
        List<HyperParameter> list = new ArrayList<>();
        collect((Record) optimizer, list);
        return list;
    }

    private static void collect(Record values, List<HyperParameter> list) {
        for (RecordComponent component : values.getClass().getRecordComponents()) {
            Object value = read(component, values);
            Tunable hyper = component.getAnnotation(Tunable.class);
            if (hyper != null) {
                list.add(new HyperParameter(component.getName(), hyper.value(), print(value), expected(value)));
            } else if (value instanceof Record inner) {
                collect(inner, list);
            }
        }
    }

    /// {@return the same optimizer with other values}
    ///
    /// @param optimizer a record
    /// @param values printed values by name
    /// @throws IllegalArgumentException if a name is unknown or a value is not what is expected; the message names them
    public static Optimizer with(Optimizer optimizer, Map<String, String> values) {
        List<String> known = of(optimizer).stream().map(HyperParameter::name).toList();
        for (String name : values.keySet()) {
            if (!known.contains(name)) {
                throw new IllegalArgumentException("unknown hyper-parameter '" + name + "', "
                        + Registry.expected(name, known.stream().sorted().toList()));
            }
        }
        return (Optimizer) rebuild((Record) optimizer, values);
    }

    private static Record rebuild(Record record, Map<String, String> values) {
        RecordComponent[] components = record.getClass().getRecordComponents();
        Object[] arguments = new Object[components.length];
        for (int i = 0; i < components.length; i++) {
            Object old = read(components[i], record);
            String name = components[i].getName();
            if (components[i].isAnnotationPresent(Tunable.class)) {
                arguments[i] = values.containsKey(name) ? parse(name, values.get(name), old) : old;
            } else {
                arguments[i] = old instanceof Record inner ? rebuild(inner, values) : old;
            }
        }
        return construct(record, components, arguments);
    }

    private static Record construct(Record record, RecordComponent[] components, Object[] arguments) {
        Class<?>[] types = Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        try {
            return record.getClass().getDeclaredConstructor(types).newInstance(arguments);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof IllegalArgumentException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object read(RecordComponent component, Record record) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Object parse(String name, String text, Object old) {
        try {
            return switch (old) {
                case Double d -> Double.valueOf(text);
                case Integer i -> Integer.valueOf(text);
                case Boolean b -> parseBoolean(text);
                case Enum<?> e -> parseEnum(text, e);
                case String s -> text;
                default -> throw new IllegalStateException("hyper-parameter '" + name + "' of " + old.getClass());
            };
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "hyper-parameter " + name + ": '" + text + "' given, expected " + expected(old), e);
        }
    }

    private static Boolean parseBoolean(String text) {
        if (!text.equals("true") && !text.equals("false")) {
            throw new IllegalArgumentException(text);
        }
        return Boolean.valueOf(text);
    }

    private static Enum<?> parseEnum(String text, Enum<?> old) {
        for (Enum<?> constant : old.getDeclaringClass().getEnumConstants()) {
            if (print(constant).equals(text)) {
                return constant;
            }
        }
        throw new IllegalArgumentException(text);
    }

    private static String expected(Object value) {
        return switch (value) {
            case Double d -> "a number";
            case Integer i -> "a whole number";
            case Boolean b -> "true | false";
            case Enum<?> e -> Arrays.stream(e.getDeclaringClass().getEnumConstants())
                    .map(HyperParameters::print)
                    .collect(Collectors.joining(" | "));
            case String s -> "text";
            default -> value.getClass().getSimpleName();
        };
    }

    private static String print(Object value) {
        return value instanceof Enum<?> e ? e.name().toLowerCase(Locale.ROOT).replace('_', '-') : value.toString();
    }
}
