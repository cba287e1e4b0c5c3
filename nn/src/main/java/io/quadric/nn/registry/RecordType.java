package io.quadric.nn.registry;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/// A record class as something that can be made from named arguments and taken apart into them.
///
/// @param <T> what the records are
/// @param type the class
public record RecordType<T>(Class<? extends T> type) {
    /// Checks the class.
    ///
    /// @throws IllegalArgumentException if it is no record class
    public RecordType {
        if (!type.isRecord()) {
            throw new IllegalArgumentException("a record class expected, got " + type.getName());
        }
    }

    /// An argument.
    ///
    /// @param name its name
    /// @param otherwise its value where it is left out, as text; empty if there is none
    /// @param component the component of the record
    public record Field(String name, String otherwise, RecordComponent component) {
        private static Field of(RecordComponent component) {
            Argument argument = component.getAnnotation(Argument.class);
            if (argument == null) {
                return new Field(component.getName(), "", component);
            }
            String name = argument.name().isEmpty() ? component.getName() : argument.name();
            return new Field(name, argument.otherwise(), component);
        }

        /// {@return the class of its values}
        public Class<?> type() {
            return component.getType();
        }

        /// {@return its value in a record}
        ///
        /// @param record a record of the class
        public Object of(Object record) {
            try {
                return component.getAccessor().invoke(record);
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    /// {@return the arguments, in the order of the components}
    public List<Field> fields() {
        return Arrays.stream(type.getRecordComponents()).map(Field::of).toList();
    }

    /// {@return a record}
    ///
    /// @param values gives the value of each argument, asked in the order of the components
    /// @throws IllegalArgumentException if the record refuses the values
    public T create(Function<Field, ?> values) {
        List<Field> fields = fields();
        try {
            return type.getDeclaredConstructor(fields.stream().map(Field::type).toArray(Class<?>[]::new))
                    .newInstance(fields.stream().map(values).toArray());
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof RuntimeException refused) {
                throw refused;
            }
            throw new IllegalStateException(e);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
