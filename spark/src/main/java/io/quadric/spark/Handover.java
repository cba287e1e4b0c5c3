package io.quadric.spark;

import io.quadric.linalg.Precision;
import io.quadric.nn.chunk.TreeSum;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/// Where tasks of one job leave their sums for the driver if they run in its JVM, as all do on a master `local[N]`: a
/// result that Spark carries is written and read back even there, which takes as long as a small network computes. A
/// task in another JVM, or one that ends after its job, does not find the job, and sends its sums.
final class Handover implements AutoCloseable {
    private final AtomicLong tickets = new AtomicLong();
    private final Map<Long, List<TreeSum.Node>> waiting = new ConcurrentHashMap<>();
    private final DriverValue.Here<Handover> place = DriverValue.Here.of(this);

    private Handover() {}

    /// {@return a job's place}, found by its name until it is closed.
    static Handover open() {
        return new Handover();
    }

    UUID job() {
        return place.name();
    }

    /// Leaves the sums of a task with the driver, or says that they must be sent. Each attempt has a ticket of its own.
    static Sums deliver(UUID job, List<TreeSum.Node> nodes) {
        return new DriverValue.Here<Handover>(job).find()
                .map(handover -> handover.keep(nodes))
                .orElseGet(() -> Sums.Sent.of(nodes));
    }

    private Sums keep(List<TreeSum.Node> nodes) {
        long ticket = tickets.incrementAndGet();
        waiting.put(ticket, nodes);
        return new Sums.Waiting(ticket);
    }

    /// {@return the nodes of a task}, wherever it ran.
    ///
    /// @param sums the task's result
    /// @param precision of the nodes
    List<TreeSum.Node> nodes(Sums sums, Precision precision) {
        return switch (sums) {
            case Sums.Waiting(long ticket) -> waiting.remove(ticket);
            case Sums.Sent sent -> sent.nodes(precision);
        };
    }

    /// Ends the job; what other attempts have left goes with it.
    @Override
    public void close() {
        place.destroy();
    }
}
