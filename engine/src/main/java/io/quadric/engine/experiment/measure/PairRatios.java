package io.quadric.engine.experiment.measure;

import io.quadric.optim.kronecker.PairObserver;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// The ratios yᵀHy / sᵀy of the pairs of K-BFGS by epoch and layer (Ren 2022, Figure 2.1).
final class PairRatios implements PairObserver {
    private final double bound;
    private final SortedMap<Integer, List<Double>> here = new TreeMap<>();
    private final List<Share> shares = new ArrayList<>();

    /// What the pairs of a layer come to in an epoch.
    ///
    /// @param epoch at the end of which; a part of an epoch has a fraction
    /// @param layer from 1
    /// @param pairs how many
    /// @param bounded how many have a ratio of at most the bound
    /// @param mean of the ratios that are finite; NaN if none is
    record Share(double epoch, int layer, int pairs, int bounded, double mean) {
        /// {@return the fraction of the pairs within the bound}
        double fraction() {
            return (double) bounded / pairs;
        }
    }

    /// None yet.
    ///
    /// @param bound 2/μ₁
    PairRatios(double bound) {
        this.bound = bound;
    }

    @Override
    public void pair(long step, int block, double ratio) {
        here.computeIfAbsent(block + 1, layer -> new ArrayList<>()).add(ratio);
    }

    /// Ends an epoch, or what there is of one.
    void end(double epoch) {
        here.forEach((layer, ratios) -> shares.add(new Share(
                epoch, layer, ratios.size(),
                (int) ratios.stream().filter(ratio -> ratio <= bound).count(),
                ratios.stream().mapToDouble(ratio -> ratio).filter(Double::isFinite).average().orElse(Double.NaN))));
        here.clear();
    }

    /// {@return all shares, epoch by epoch}
    List<Share> shares() {
        return List.copyOf(shares);
    }
}
