package io.quadric.nn;

import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;

/// The means and variances that the normalising layers of a network use: computed from the batch at hand, as in
/// training, or given, as in evaluation. Given statistics belong to the parameters at which they were computed. They
/// are not parameters, and nothing needs to be kept between steps.
public final class NormalizationStatistics {
    /// The statistics of the batch at hand.
    public static final NormalizationStatistics OF_BATCH = new NormalizationStatistics(
            Vector.zeros(Precision.FLOAT64, 0));

    private final Vector values;

    private NormalizationStatistics(Vector values) {
        this.values = values;
    }

    /// {@return statistics that were taken before}
    ///
    /// @param values as [#values] tells them; used, not copied
    /// @throws IllegalArgumentException if they are not FLOAT64
    public static NormalizationStatistics of(Vector values) {
        if (values.precision() != Precision.FLOAT64) {
            throw new IllegalArgumentException("statistics are FLOAT64, got " + values);
        }
        return values.size() == 0 ? OF_BATCH : new NormalizationStatistics(values);
    }

    /// {@return the means of the statistics of several batches, each weighted by its cases}, at the given parameters.
    /// If the network has no normalising layers, no batch is read.
    ///
    /// Running averages that are updated during training lag behind the parameters and have to be saved; these do not
    /// (Wu & Johnson 2021, §3).
    ///
    /// @param model of the network
    /// @param parameters θ
    /// @param batches the cases to compute them from
    /// @param ws threads and scratch
    /// @throws IllegalArgumentException if the network has a normalising layer and there is no batch
    public static NormalizationStatistics over(Model model, Parameters parameters, Iterable<Batch> batches,
            Workspace ws) {
        int size = model.network().statisticsSize();
        if (size == 0) {
            return OF_BATCH;
        }
        Vector mean = Vector.zeros(Precision.FLOAT64, size);
        Vector here = Vector.zeros(Precision.FLOAT64, size);
        double seen = 0;
        for (Batch batch : batches) {
            try (var at = Linearization.at(model, parameters, batch, ws)) {
                at.statistics(here);
            }
            seen += batch.weight();
            double weight = batch.weight() / seen;
            mean.axpby(weight, here, 1 - weight);
        }
        if (seen == 0) {
            throw new IllegalArgumentException("statistics need at least one batch");
        }
        return new NormalizationStatistics(mean);
    }

    void requireFor(Network network) {
        if (this != OF_BATCH && values.size() != network.statisticsSize()) {
            throw new IllegalArgumentException("the network has " + network.statisticsSize()
                    + " statistics, these are " + values.size());
        }
    }

    /// {@return the means and variances of each normalising layer, first to last, FLOAT64, to be read only}; empty for
    /// those of the batch.
    public Vector values() {
        return values;
    }
}
