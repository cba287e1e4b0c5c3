package io.quadric.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/// The one session of all tests of a JVM, which ends with it. A task may fail four times. Queries are interpreted: to
/// compile them takes longer than they do.
public final class TestSession {
    private TestSession() {}

    public static SparkSession get() {
        return SparkSession.builder()
                .master("local[2,4]")
                .appName("quadric tests")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "2")
                .config("spark.sql.codegen.wholeStage", "false")
                .config("spark.sql.codegen.factoryMode", "NO_CODEGEN")
                .getOrCreate();
    }

    static JavaSparkContext context() {
        return JavaSparkContext.fromSparkContext(get().sparkContext());
    }
}
