package io.quadric.spark;

import io.quadric.linalg.Vector;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;

/// The vector that a request depends on. A short one travels with every task; a long one goes to each executor
/// once, whose tasks share it.
sealed interface Payload extends Serializable {
    /// Above so many numbers a vector does not travel with tasks.
    int LONG = 1 << 14;

    /// The numbers, where a task runs.
    Numbers numbers();

    /// After the job.
    void release();

    static Payload of(JavaSparkContext context, Vector argument) {
        Numbers numbers = Numbers.of(argument);
        return argument.size() > LONG ? new Shared(DriverValue.of(context, numbers)) : new Carried(numbers);
    }

    /// A short vector.
    ///
    /// @param numbers its numbers
    record Carried(Numbers numbers) implements Payload {
        @Override
        public void release() {}
    }

    /// A long vector.
    ///
    /// @param shared its numbers
    record Shared(DriverValue<Numbers> shared) implements Payload {
        @Override
        public Numbers numbers() {
            return shared.value();
        }

        @Override
        public void release() {
            shared.destroy();
        }
    }
}
