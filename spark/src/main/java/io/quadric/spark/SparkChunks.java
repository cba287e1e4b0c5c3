package io.quadric.spark;

import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.ChunkNormalization;
import io.quadric.nn.chunk.ChunkedObjective;
import java.util.List;
import java.util.Optional;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.storage.StorageLevel;

/// Cases in chunks on the executors of Spark, where they stay from step to step. An executor that is lost takes its
/// chunks along; Spark makes them again from where they came from, and repeats its tasks, with the same bits.
///
/// ```java
/// try (SparkChunks cases = SparkChunks.of(context, batches, 8)) {
///     Run run = Optimizers.hessianFree().start(new Start(model, theta, List.of(cases), seed, ws));
///     run.step(new StepData(cases, cases.range(0, 4)));
/// }
/// ```
///
/// The bits of a run depend on the chunks alone. Executors need the JVM's flag `--add-modules jdk.incubator.vector`
/// like the driver, or both do without it: kernels of different kinds round differently.
public final class SparkChunks implements CaseSet, AutoCloseable {
    /// The flag of executors and driver with which the SIMD kernels run.
    public static final String JVM_FLAGS = "--add-modules=jdk.incubator.vector";

    private final Cluster cluster;
    private final JavaRDD<ChunkData> chunks;
    private final ChunkRange range;
    private final ChunkNormalization normalization;
    private final Runnable held;

    private SparkChunks(Cluster cluster, JavaRDD<ChunkData> chunks, ChunkRange range,
            ChunkNormalization normalization, Runnable held) {
        this.cluster = cluster;
        this.chunks = chunks;
        this.range = range;
        this.normalization = normalization;
        this.held = held;
    }

    /// {@return chunks that the driver sends out}, once.
    ///
    /// @param context where they go
    /// @param batches the chunks in order
    /// @param partitions how many parts the chunks are kept in, each on one executor
    /// @throws IllegalArgumentException if there is no chunk
    public static SparkChunks of(JavaSparkContext context, List<Batch> batches, int partitions) {
        Cluster cluster = new Cluster(context);
        Spread spread = Spread.of(context, batches, partitions);
        return new SparkChunks(cluster, spread.chunks(context), spread.range(), ChunkNormalization.REFUSED, () -> {
            spread.close();
            cluster.close();
        });
    }

    /// Chunks that the driver sends out, on a cluster that others use too.
    static SparkChunks of(Cluster cluster, ChunkData[] data) {
        JavaSparkContext context = cluster.context();
        Spread spread = Spread.of(context, data, context.defaultParallelism());
        return new SparkChunks(
                cluster, spread.chunks(context), spread.range(), ChunkNormalization.REFUSED, spread::close);
    }

    /// {@return chunks that are made on the executors}, and kept there in memory, on disk where that is too small.
    ///
    /// @param context of the chunks
    /// @param chunks numbered from 0, in order through the partitions
    /// @throws IllegalArgumentException if they are not
    public static SparkChunks of(JavaSparkContext context, JavaRDD<ChunkData> chunks) {
        JavaRDD<ChunkData> kept = chunks.persist(StorageLevel.MEMORY_AND_DISK());
        List<double[]> sizes = kept
                .map(chunk -> new double[]{
                    chunk.number(), chunk.cases(), chunk.weight(), TaskContext.getPartitionId()})
                .collect();
        for (int c = 0; c < sizes.size(); c++) {
            if (sizes.get(c)[0] != c) {
                throw new IllegalArgumentException("chunk " + (int) sizes.get(c)[0] + " in place " + c
                        + ", expected the chunks in order from 0");
            }
        }
        ChunkRange all = new ChunkRange(
                0,
                sizes.size(),
                sizes.stream().mapToInt(size -> (int) size[1]).toArray(),
                sizes.stream().mapToDouble(size -> size[2]).toArray(),
                sizes.stream().mapToInt(size -> (int) size[3]).toArray());
        Cluster cluster = new Cluster(context);
        return new SparkChunks(cluster, kept, all, ChunkNormalization.REFUSED, () -> {
            kept.unpersist();
            cluster.close();
        });
    }

    /// {@return some neighbouring chunks as a set of cases}, such as a minibatch or the batch of the curvature
    ///
    /// @param from the first chunk, from 0
    /// @param to the chunk after the last one
    /// @throws IllegalArgumentException if there are no such chunks
    public SparkChunks range(int from, int to) {
        return new SparkChunks(cluster, chunks, range.part(from, to), normalization, () -> {});
    }

    /// {@return these chunks with another rule for layers that normalise by the batch}; they are closed with either.
    ///
    /// @param rule the rule
    public SparkChunks normalizing(ChunkNormalization rule) {
        return new SparkChunks(cluster, chunks, range, rule, held);
    }

    /// {@return the chunks, brought to the driver}
    public List<ChunkData> collect() {
        ChunkRange own = range;
        return chunks.filter(chunk -> own.contains(chunk.number())).collect();
    }

    /// {@return the number of chunks}
    public int count() {
        return range.to() - range.from();
    }

    @Override
    public int cases() {
        return range.count();
    }

    @Override
    public double weight() {
        return range.weight();
    }

    @Override
    public SparkChunks first(int cases) {
        int count = 1;
        for (int seen = range.cases()[range.from()]; seen < cases; count++) {
            seen += range.cases()[range.from() + count];
        }
        return range(0, count);
    }

    @Override
    public Objective at(Model model, Parameters parameters, Workspace ws) {
        normalization.require(model);
        return new ChunkedObjective(this, model, parameters, ws,
                new SparkExecutor(chunks, cluster, cluster.point(model, parameters), range, ws));
    }

    @Override
    public Optional<String> notFinite(Model model, Workspace ws) {
        ChunkRange own = range;
        List<String> faults = chunks
                .filter(chunk -> own.contains(chunk.number()))
                .map(chunk -> {
                    try (Workspace scratch = Workspace.serial()) {
                        return chunk.batch().notFinite(model, scratch).orElse("");
                    }
                })
                .filter(fault -> !fault.isEmpty())
                .collect();
        return faults.stream().findFirst();
    }

    /// Takes the chunks off the executors; of a [range][#range], which shares them, nothing.
    @Override
    public void close() {
        held.run();
    }
}
