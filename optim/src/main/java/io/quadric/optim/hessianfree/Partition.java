package io.quadric.optim.hessianfree;

import io.quadric.nn.Network;
import io.quadric.nn.layer.ParameterSlice;
import io.quadric.optim.Tunable;
import io.quadric.optim.internal.Require;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/// How the parameters of a network are divided into blocks (Zhang et al. 2017, §2.2).
public sealed interface Partition {
    /// {@return the parameter arrays of each block; together they are all arrays, each once}
    ///
    /// @param network the network
    /// @throws IllegalArgumentException if the network cannot be divided in this way
    List<List<ParameterSlice>> of(Network network);

    /// Consecutive layers with about the same number of parameters in each group: a group ends where the number of
    /// parameters so far is closest to its share.
    ///
    /// @param blocks the number of blocks; no more are made than there are layers with parameters
    record Contiguous(@Tunable("number of blocks of neighbouring layers") int blocks) implements Partition {
        /// Checks the count.
        ///
        /// @throws IllegalArgumentException if it is below 1
        public Contiguous {
            Require.atLeastOne("blocks", blocks);
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

    /// One block for each layer with parameters.
    record PerLayer() implements Partition {
        @Override
        public List<List<ParameterSlice>> of(Network network) {
            return Contiguous.layersWithParameters(network);
        }
    }

    /// One block for each layer that [starts a unit][io.quadric.nn.layer.Layer#startsUnit], such as a recurrent or a
    /// residual layer; what comes before the first of them belongs to its block, and what follows one to the block of
    /// that one (Zhang et al. 2017, §4.2 and §4.3). A network without such layers is divided by layer.
    record PerUnit() implements Partition {
        @Override
        public List<List<ParameterSlice>> of(Network network) {
            List<List<ParameterSlice>> partition = new ArrayList<>(List.of(new ArrayList<>()));
            int units = 0;
            for (int i = 0; i < network.layers().size(); i++) {
                if (network.layers().get(i).startsUnit() && units++ > 0) {
                    partition.add(new ArrayList<>());
                }
                partition.getLast().addAll(network.slices(i));
            }
            return units == 0 ? new PerLayer().of(network) : partition;
        }
    }

    /// One of the divisions, chosen by name.
    ///
    /// @param division which one
    /// @param blocks the number of blocks of [Contiguous]
    /// @param groups the names of [Groups]: commas separate names, slashes separate groups
    record Divided(
            @Tunable("how the layers form blocks") Division division,
            @Tunable("number of blocks of neighbouring layers, for division contiguous") int blocks,
            @Tunable("layers or arrays of each block, for division named: 0,2/4,6.weight/6.bias are three")
            String groups)
            implements Partition {
        /// A way to divide layers.
        public enum Division {
            /// [Contiguous]
            CONTIGUOUS,
            /// [PerLayer]
            LAYER,
            /// [PerUnit]
            UNIT,
            /// [Groups]
            NAMED
        }

        /// Checks the values.
        ///
        /// @throws IllegalArgumentException if the number of blocks is below 1, or if groups are missing or not wanted
        public Divided {
            Require.atLeastOne("blocks", blocks);
            if ((division == Division.NAMED) == groups.isBlank()) {
                throw new IllegalArgumentException("groups is '" + groups + "' with division "
                        + division.name().toLowerCase(Locale.ROOT) + ", expected groups with division named only");
            }
        }

        /// Without named groups.
        ///
        /// @param division which one
        /// @param blocks the number of blocks of [Contiguous]
        /// @throws IllegalArgumentException if the number is below 1, or if the division is by named groups
        public Divided(Division division, int blocks) {
            this(division, blocks, "");
        }

        @Override
        public List<List<ParameterSlice>> of(Network network) {
            return switch (division) {
                case CONTIGUOUS -> new Contiguous(blocks).of(network);
                case LAYER -> new PerLayer().of(network);
                case UNIT -> new PerUnit().of(network);
                case NAMED -> new Groups(Stream.of(groups.split("/", -1))
                        .map(group -> List.of(group.split(",", -1)))
                        .toList()).of(network);
            };
        }
    }

    /// Groups of parameter arrays. A group lists names, or beginnings of names that end before a dot: `2` is
    /// layer 2, `2.body` the body of the residual layer 2, `0.bias` a single array.
    ///
    /// @param groups the names of each group
    record Groups(List<List<String>> groups) implements Partition {
        /// Copies the groups.
        public Groups {
            groups = groups.stream().map(List::copyOf).toList();
        }

        @Override
        public List<List<ParameterSlice>> of(Network network) {
            List<List<ParameterSlice>> partition = new ArrayList<>();
            for (List<String> names : groups) {
                names.forEach(name -> requireKnown(name, network));
                partition.add(network.layout().slices().stream()
                        .filter(slice -> names.stream().anyMatch(name -> isMeant(name, slice.name())))
                        .toList());
            }
            return requirePartition(partition, network, "the groups " + groups);
        }

        private static void requireKnown(String name, Network network) {
            List<String> arrays = network.layout().slices().stream().map(ParameterSlice::name).toList();
            if (arrays.stream().noneMatch(array -> isMeant(name, array))) {
                throw new IllegalArgumentException("no array is named '" + name + "', expected one of " + arrays
                        + ", or what one begins with before a dot");
            }
        }

        private static boolean isMeant(String name, String array) {
            return array.equals(name) || array.startsWith(name + ".");
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
            return requirePartition(partition, network, "the layers " + layers);
        }
    }

    /// Checks that every array is in one block and no block is empty.
    private static List<List<ParameterSlice>> requirePartition(
            List<List<ParameterSlice>> partition, Network network, String given) {
        List<ParameterSlice> all = partition.stream().flatMap(List::stream).toList();
        if (all.size() != network.layout().slices().size()
                || !all.containsAll(network.layout().slices())
                || partition.stream().anyMatch(List::isEmpty)) {
            throw new IllegalArgumentException(
                    given + " are no partition of a network whose arrays are "
                            + network.layout().slices().stream().map(ParameterSlice::name).toList());
        }
        return partition;
    }
}
