package io.quadric.spark;

import io.quadric.linalg.Vector;
import java.io.Serializable;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/// The vector that a request depends on. A short one travels with every task; a long one is broadcast, so that an
/// executor receives it once and tasks of this JVM share it.
sealed interface Payload extends Serializable {
    /// Above so many numbers a vector is broadcast.
    int LONG = 1 << 14;

    /// The numbers, where a task runs.
    Numbers numbers();

    /// After the job.
    void release();

    static Payload of(JavaSparkContext context, Vector argument) {
        Numbers numbers = Numbers.of(argument);
        return argument.size() > LONG ? new Shared(context.broadcast(numbers)) : new Carried(numbers);
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
    /// @param broadcast its numbers
    record Shared(Broadcast<Numbers> broadcast) implements Payload {
        @Override
        public Numbers numbers() {
            return broadcast.value();
        }

        @Override
        public void release() {
            broadcast.destroy();
        }
    }
}
