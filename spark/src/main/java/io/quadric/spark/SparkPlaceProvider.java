package io.quadric.spark;

import io.quadric.engine.InputException;
import io.quadric.engine.train.ChunkPlace;
import io.quadric.engine.train.ChunkPlaceProvider;
import io.quadric.linalg.Matrix;
import io.quadric.nn.Model;
import io.quadric.nn.registry.Extension;
import io.quadric.optim.Optimizer;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.UUID;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;
import org.apache.spark.SparkContext;
import org.apache.spark.api.java.JavaSparkContext;

/// Connects `quadric train --master` with Spark. Properties `spark.…` of the JVM are Spark's configuration. A context
/// that runs already is used, and stays.
public final class SparkPlaceProvider implements ChunkPlaceProvider {
    /// Tells a context that is started here from one that runs already.
    private static final String STARTED_BY = "spark.quadric.startedBy";

    private static final String LOGGING = "log4j2.configurationFile";

    /// For [java.util.ServiceLoader].
    public SparkPlaceProvider() {}

    @Override
    public ChunkPlace connect(String master) {
        if (System.getProperty(LOGGING) == null) {
            System.setProperty(LOGGING, "classpath:io/quadric/spark/quiet.properties");
        }
        try {
            String token = UUID.randomUUID().toString();
            SparkContext context = SparkContext.getOrCreate(configuration(master).set(STARTED_BY, token));
            boolean own = context.getConf().get(STARTED_BY, "").equals(token);
            return new SparkPlace(JavaSparkContext.fromSparkContext(context), own);
        } catch (Exception e) {
            throw new InputException("Spark does not start at '" + master + "': " + reason(e)
                    + "; expected local[2], local-cluster[2,1,1024], spark://host:7077 or another master of Spark");
        }
    }

    private static String reason(Exception e) {
        String message = e.getMessage() == null ? e.toString() : e.getMessage();
        return message.lines().findFirst().orElseGet(e::toString);
    }

    /// Floating-point numbers are not worth compressing. Executors of a local cluster have the class path of this JVM,
    /// others receive our jars.
    private static SparkConf configuration(String master) {
        SparkConf conf = new SparkConf()
                .setMaster(master)
                .setIfMissing("spark.app.name", "quadric train")
                .setIfMissing("spark.ui.enabled", "false")
                .setIfMissing("spark.broadcast.compress", "false")
                .setIfMissing("spark.kryo.registrator", RecordsByJava.class.getName())
                .setIfMissing("spark.executor.extraJavaOptions", SparkChunks.JVM_FLAGS);
        if (master.startsWith("local-cluster")) {
            conf.setIfMissing("spark.executor.extraClassPath", System.getProperty("java.class.path"))
                    .setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", "2.13")
                    .setIfMissing("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"));
        } else if (!master.startsWith("local")) {
            conf.setJars(jars());
        }
        if (master.startsWith("local")) {
            conf.setIfMissing("spark.driver.host", "localhost").setIfMissing("spark.driver.bindAddress", "127.0.0.1");
        }
        return conf;
    }

    /// Those of linalg, nn, optim, of this module, and of extensions, whose layers and methods executors compute with.
    private static String[] jars() {
        Stream<Class<?>> own = Stream.of(Matrix.class, Model.class, Optimizer.class, SparkChunks.class);
        Stream<Class<?>> more = ServiceLoader.load(Extension.class).stream().map(ServiceLoader.Provider::type);
        return Stream.concat(own, more)
                .map(SparkPlaceProvider::origin)
                .distinct()
                .filter(Files::isRegularFile)
                .map(Path::toString)
                .toArray(String[]::new);
    }

    private static Path origin(Class<?> type) {
        try {
            return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }
}
