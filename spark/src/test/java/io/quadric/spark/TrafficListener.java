package io.quadric.spark;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerBlockUpdated;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/// Adds up what Spark tells of jobs: how many, their seconds, the bytes that executors in other JVMs fetch of
/// broadcasts, and the bytes of the results of their tasks.
final class TrafficListener extends SparkListener {
    private final Map<Integer, Long> running = new HashMap<>();
    private final Set<String> seen = new HashSet<>();
    private long jobs;
    private double seconds;
    private long sent;
    private long received;

    /// What was told.
    ///
    /// @param jobs how many
    /// @param seconds of the jobs
    /// @param sent bytes of broadcasts, over all executors
    /// @param received bytes of results
    record Traffic(long jobs, double seconds, long sent, long received) {}

    @Override
    public synchronized void onJobStart(SparkListenerJobStart start) {
        running.put(start.jobId(), start.time());
    }

    @Override
    public synchronized void onJobEnd(SparkListenerJobEnd end) {
        jobs++;
        seconds += 1e-3 * (end.time() - running.remove(end.jobId()));
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        received += end.taskMetrics().resultSize();
    }

    /// Blocks that are removed are told too, with no storage level; a block of the driver is what it sends.
    @Override
    public synchronized void onBlockUpdated(SparkListenerBlockUpdated updated) {
        var block = updated.blockUpdatedInfo();
        boolean fetched = block.blockId().isBroadcast() && block.storageLevel().isValid()
                && !block.blockManagerId().isDriver();
        if (fetched && seen.add(block.blockManagerId().executorId() + " " + block.blockId().name())) {
            sent += block.memSize() + block.diskSize();
        }
    }

    synchronized Traffic take() {
        Traffic traffic = new Traffic(jobs, seconds, sent, received);
        jobs = 0;
        seconds = 0;
        sent = 0;
        received = 0;
        seen.clear();
        return traffic;
    }
}
