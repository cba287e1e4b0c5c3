package io.quadric.spark;

import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.CaseSet;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import io.quadric.nn.chunk.ChunkNormalization;
import io.quadric.nn.chunk.ChunkedObjective;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
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

    private final JavaSparkContext context;
    private final JavaRDD<ChunkData> chunks;
    private final Broadcast<Workspaces> workspaces;
    private final ChunkRange range;

    private SparkChunks(
            JavaSparkContext context, JavaRDD<ChunkData> chunks, Broadcast<Workspaces> workspaces, ChunkRange range) {
        this.context = context;
        this.chunks = chunks;
        this.workspaces = workspaces;
        this.range = range;
    }

    /// {@return chunks that the driver sends out}
    ///
    /// @param context where they go
    /// @param batches the chunks in order
    /// @param partitions how many parts the chunks are kept in, each on one executor
    public static SparkChunks of(JavaSparkContext context, List<Batch> batches, int partitions) {
        List<ChunkData> data = new ArrayList<>();
        batches.forEach(batch -> data.add(ChunkData.of(data.size(), batch)));
        return of(context, context.parallelize(data, Math.min(partitions, data.size())));
    }

    /// {@return chunks that are made on the executors}, and kept there in memory, on disk where that is too small.
    ///
    /// @param context of the chunks
    /// @param chunks numbered from 0, in order through the partitions
    /// @throws IllegalArgumentException if they are not
    public static SparkChunks of(JavaSparkContext context, JavaRDD<ChunkData> chunks) {
        JavaRDD<ChunkData> kept = chunks.persist(StorageLevel.MEMORY_AND_DISK());
        List<double[]> sizes = kept
                .map(chunk -> new double[]{chunk.number(), chunk.cases(), chunk.weight()})
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
                sizes.stream().mapToDouble(size -> size[2]).toArray());
        return new SparkChunks(context, kept, context.broadcast(new Workspaces()), all);
    }

    /// {@return some neighbouring chunks as a set of cases}, such as a minibatch or the batch of the curvature
    ///
    /// @param from the first chunk, from 0
    /// @param to the chunk after the last one
    /// @throws IllegalArgumentException if there are no such chunks
    public SparkChunks range(int from, int to) {
        return new SparkChunks(context, chunks, workspaces, range.part(from, to));
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
        Broadcast<Point> point = context.broadcast(new Point(model, Numbers.of(parameters.values())));
        return new ChunkedObjective(
                this, model, parameters, ws, new SparkExecutor(chunks, workspaces, point, range));
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

    /// Takes the chunks off the executors.
    @Override
    public void close() {
        chunks.unpersist();
        workspaces.destroy();
    }
}
