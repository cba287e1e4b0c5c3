package io.quadric.spark;

import io.quadric.nn.Batch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/// Chunks that the driver sends out. Each part is a value of its own, which an executor fetches when it first computes
/// on it; tasks carry its number alone.
///
/// @param parts neighbouring chunks each
/// @param range all of them
record Spread(List<DriverValue<ChunkData[]>> parts, ChunkRange range) implements AutoCloseable {
    static Spread of(JavaSparkContext context, List<Batch> batches, int partitions) {
        ChunkData[] data = IntStream.range(0, batches.size())
                .mapToObj(c -> ChunkData.of(c, batches.get(c)))
                .toArray(ChunkData[]::new);
        return of(context, data, partitions);
    }

    static Spread of(JavaSparkContext context, ChunkData[] data, int partitions) {
        int count = Math.clamp(partitions, 1, Math.max(1, data.length));
        int[] of = IntStream.range(0, data.length).map(c -> (int) ((long) c * count / data.length)).toArray();
        ChunkRange range = new ChunkRange(
                0,
                data.length,
                Arrays.stream(data).mapToInt(ChunkData::cases).toArray(),
                Arrays.stream(data).mapToDouble(ChunkData::weight).toArray(),
                of);
        List<DriverValue<ChunkData[]>> parts = new ArrayList<>();
        for (int p = 0; p < count; p++) {
            int part = p;
            parts.add(DriverValue.of(context, IntStream.range(0, data.length)
                    .filter(c -> of[c] == part)
                    .mapToObj(c -> data[c])
                    .toArray(ChunkData[]::new)));
        }
        return new Spread(parts, range);
    }

    JavaRDD<ChunkData> chunks(JavaSparkContext context) {
        List<DriverValue<ChunkData[]>> sent = parts;
        List<Integer> numbers = IntStream.range(0, sent.size()).boxed().toList();
        return context.parallelize(numbers, sent.size()).flatMap(p -> Arrays.asList(sent.get(p).value()).iterator());
    }

    @Override
    public void close() {
        parts.forEach(DriverValue::destroy);
    }
}
