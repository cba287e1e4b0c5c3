package io.quadric.spark;

import java.io.IOException;
import java.nio.file.Files;
import java.util.Arrays;
import org.apache.spark.api.java.JavaSparkContext;

/// Compares the parameters of every method on Spark with those on the same chunks without it, to the bit, over numbers
/// of partitions. Arguments: masters.
final class MethodBits {
    private static final int[] PARTITIONS = {1, 2, 4, SparkChunksTest.CHUNKS};

    private MethodBits() {}

    public static void main(String[] args) throws IOException {
        for (String master : args) {
            var conf = LostExecutorTest.cluster(master, Files.createTempDirectory("quadric"));
            try (JavaSparkContext context = new JavaSparkContext(conf)) {
                for (int partitions : PARTITIONS) {
                    compare(context, partitions);
                }
            }
        }
    }

    private static void compare(JavaSparkContext context, int partitions) {
        try (SparkChunks chunks = SparkChunks.of(context, SparkChunksTest.batches(), partitions)) {
            for (String method : SparkChunksTest.METHODS) {
                boolean equal = Arrays.equals(
                        SparkChunksTest.trained(
                                method, SparkChunksTest.local(SparkChunksTest.CHUNKS), SparkChunksTest.local(3)),
                        SparkChunksTest.trained(method, chunks, chunks.range(0, 3)));
                System.out.println(context.master() + ", " + partitions + " partitions, " + method
                        + (equal ? ": equal" : ": DIFFERENT"));
            }
        }
    }
}
