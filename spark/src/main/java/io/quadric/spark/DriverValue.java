package io.quadric.spark;

import java.io.Serializable;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/// A value of the driver that tasks read; nobody writes into it.
///
/// @param <T> its type
sealed interface DriverValue<T> extends Serializable {
    /// The value, in a task as on the driver.
    T value();

    /// Gives it back, on the executors too.
    void destroy();

    /// {@return a value for the tasks of a context}
    ///
    /// @param context of the tasks
    /// @param value from now on constant
    /// @param <T> its type
    static <T> DriverValue<T> of(JavaSparkContext context, T value) {
        boolean ownClasses = context.getConf().getBoolean("spark.executor.userClassPathFirst", false);
        return context.isLocal() && !ownClasses ? Here.of(value) : new Everywhere<>(context.broadcast(value));
    }

    /// A value that executors receive.
    ///
    /// @param broadcast the value
    /// @param <T> its type
    record Everywhere<T>(Broadcast<T> broadcast) implements DriverValue<T> {
        @Override
        public T value() {
            return broadcast.value();
        }

        @Override
        public void destroy() {
            broadcast.destroy();
        }
    }

    /// A value that is found by its name, where all tasks run in this JVM and have its classes: a broadcast is
    /// serialised even there.
    ///
    /// @param name of the value
    /// @param <T> its type
    record Here<T>(UUID name) implements DriverValue<T> {
        /// Of this JVM: a task that was serialised has no other way to objects of the driver.
        private static final Map<UUID, Object> VALUES = new ConcurrentHashMap<>();

        static <T> Here<T> of(T value) {
            UUID name = UUID.randomUUID();
            VALUES.put(name, value);
            return new Here<>(name);
        }

        @Override
        public T value() {
            return find().orElseThrow(
                    () -> new IllegalStateException("a value of the driver is read after it was given back"));
        }

        /// {@return the value}, unless this is another JVM or the value was given back.
        @SuppressWarnings("unchecked")
        Optional<T> find() {
            return Optional.ofNullable((T) VALUES.get(name));
        }

        @Override
        public void destroy() {
            VALUES.remove(name);
        }
    }
}
