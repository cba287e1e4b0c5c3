package io.quadric.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/// The one session of all tests of a JVM, which ends with it. A task may fail four times.
final class TestSession {
    private TestSession() {}

    static SparkSession get() {
        return SparkSession.builder()
                .master("local[2,4]")
                .appName("quadric tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .getOrCreate();
    }

    static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(get().sparkContext());
    }
}
