package io.quadric.optim;

import io.quadric.nn.Network;
import io.quadric.nn.ParameterSlice;
import java.util.ArrayList;
import java.util.List;

/// How the parameters of a network are divided into blocks (Zhang et al. 2017, §3).
public sealed interface Partition {
    /// {@return the parameter arrays of each block; together they are all arrays, each once}
    ///
    /// @param network the network
    /// @throws IllegalArgumentException if the network cannot be divided in this way
    List<List<ParameterSlice>> of(Network network);

    /// The parametric layers in order, in groups of neighbours with about equally many parameters: a group ends where
    /// the parameters so far are closest to its share.
    ///
    /// @param blocks the number of blocks; no more are made than there are layers with parameters
    record Contiguous(@Hyper("number of blocks of neighbouring layers") int blocks) implements Partition {
        /// Checks the count.
        ///
        /// @throws IllegalArgumentException if it is below 1
        public Contiguous {
            Ranges.atLeastOne("blocks", blocks);
        }

        @Override
        public List<List<ParameterSlice>> of(Network network) {
            List<List<ParameterSlice>> layers = layersWithParameters(network);
            int count = Math.min(blocks, layers.size());
            List<List<ParameterSlice>> partition = new ArrayList<>();
            long seen = 0;
            for (int i = 0; i < layers.size(); i++) {
                int left = layers.size() - i;
                int size = layers.get(i).stream().mapToInt(ParameterSlice::size).sum();
                double share = (double) partition.size() * network.layout().size() / count;
                boolean full = Math.abs(seen - share) <= Math.abs(seen + size - share);
                if (partition.isEmpty() || left <= count - partition.size() || (full && partition.size() < count)) {
                    partition.add(new ArrayList<>());
                }
                partition.getLast().addAll(layers.get(i));
                seen += size;
            }
            return partition;
        }

        private static List<List<ParameterSlice>> layersWithParameters(Network network) {
            List<List<ParameterSlice>> layers = new ArrayList<>();
            for (int i = 0; i < network.layers().size(); i++) {
                if (!network.slices(i).isEmpty()) {
                    layers.add(network.slices(i));
                }
            }
            return layers;
        }
    }

    /// Groups of layers, by their numbers.
    ///
    /// @param layers the layers of each block; layers without parameters may be left out
    record Layers(List<List<Integer>> layers) implements Partition {
        /// Copies the lists.
        public Layers {
            layers = layers.stream().map(List::copyOf).toList();
        }

        @Override
        public List<List<ParameterSlice>> of(Network network) {
            List<List<ParameterSlice>> partition = new ArrayList<>();
            for (List<Integer> group : layers) {
                List<ParameterSlice> block = new ArrayList<>();
                group.forEach(layer -> block.addAll(network.slices(layer)));
                partition.add(block);
            }
            List<ParameterSlice> all = partition.stream().flatMap(List::stream).toList();
            if (all.size() != network.layout().slices().size()
                    || !all.containsAll(network.layout().slices())
                    || partition.stream().anyMatch(List::isEmpty)) {
                throw new IllegalArgumentException(
                        "the layers " + layers + " are no partition of a network whose layers with"
                                + " parameters are "
                                + network.layout().slices().stream().map(ParameterSlice::name).toList());
            }
            return partition;
        }
    }
}
