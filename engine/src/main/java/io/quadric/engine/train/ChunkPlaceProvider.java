package io.quadric.engine.train;

import io.quadric.engine.InputException;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;

/// Makes places for chunks on clusters; found by [ServiceLoader]. The module quadric-spark has one for Apache Spark.
public interface ChunkPlaceProvider {
    /// {@return a place on a cluster}, whose chunks are computed by its executors until it is closed.
    ///
    /// @param master the address of the cluster
    /// @throws InputException if there is no such cluster
    ChunkPlace connect(String master);

    /// {@return a place on a cluster of the provider that is there}
    ///
    /// @param master the address of the cluster
    /// @throws InputException if there is no provider, or no such cluster
    static ChunkPlace of(String master) {
        try {
            return ServiceLoader.load(ChunkPlaceProvider.class)
                    .findFirst()
                    .orElseThrow(ChunkPlaceProvider::missing)
                    .connect(master);
        } catch (ServiceConfigurationError | NoClassDefFoundError e) {
            throw missing();
        }
    }

    private static InputException missing() {
        return new InputException("the jars of Apache Spark are not on the class path, expected those of "
                + "'mvn -Pspark -DskipTests package', which ./quadric takes from spark/target");
    }
}
