package io.quadric.engine.cli.option;

import io.quadric.engine.InputException;
import io.quadric.engine.train.ChunkPlace;
import io.quadric.engine.train.ChunkPlaceProvider;
import io.quadric.engine.train.TrainingPlan;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The option that has chunks computed on a cluster.
public final class ClusterOption {
    private static final String MASTER = "--master";

    @Option(
            names = MASTER,
            paramLabel = "URL",
            description = "Computes the chunks of batches (--chunk-size) on Apache Spark: local[2], "
                    + "local-cluster[2,1,1024], spark://host:7077 and so on. It does not change figures. Needs the "
                    + "jars of 'mvn -Pspark -DskipTests package'.")
    private Optional<String> master = Optional.empty();

    /// Checks that there is something to compute on the cluster.
    ///
    /// @param plan the batches
    public void requireUsed(TrainingPlan plan) {
        if (master.isEmpty()) {
            return;
        }
        int chunk = plan.chunking().size();
        if (chunk == 0) {
            throw new InputException(MASTER + ": batches are whole, expected --chunk-size, the cases that an executor "
                    + "computes at a time, below the " + plan.batchSize() + " of a batch");
        }
        boolean divided = plan.chunking().divides(plan.batchSize())
                || plan.chunking().divides(plan.curvatureBatchSize())
                || plan.sizes().growth() > 1;
        if (!divided) {
            throw new InputException(MASTER + ": chunks of " + chunk + " cases are as large as the batches, of at most "
                    + plan.batchSize() + ", expected a --chunk-size below that");
        }
    }

    /// This machine, or the cluster.
    public ChunkPlace open() {
        try {
            return master.map(ChunkPlaceProvider::of).orElseGet(ChunkPlace::here);
        } catch (InputException e) {
            throw e.at(MASTER);
        }
    }

    /// Whether there is a cluster.
    public boolean isGiven() {
        return master.isPresent();
    }
}
