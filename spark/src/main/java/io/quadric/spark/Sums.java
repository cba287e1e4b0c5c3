package io.quadric.spark;

import io.quadric.linalg.Precision;
import io.quadric.nn.chunk.TreeSum;
import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/// What a task has added up, on its way to the driver.
sealed interface Sums extends Serializable {
    /// Nodes that wait in the driver's JVM, where the task ran.
    ///
    /// @param ticket of this attempt of the task
    record Waiting(long ticket) implements Sums {}

    /// Nodes that travel.
    ///
    /// @param parts from left to right
    record Sent(Part[] parts) implements Sums {
        static Sent of(List<TreeSum.Node> nodes) {
            return new Sent(nodes.stream().map(Part::of).toArray(Part[]::new));
        }

        List<TreeSum.Node> nodes(Precision precision) {
            return Arrays.stream(parts).map(part -> part.node(precision)).toList();
        }
    }

    /// A node of the tree in arrays.
    ///
    /// @param level 0 for a chunk
    /// @param index from 0
    /// @param scalar the sum of the scalar parts
    /// @param values the sum of the others
    record Part(int level, int index, double scalar, Numbers values) implements Serializable {
        private static Part of(TreeSum.Node node) {
            return new Part(node.level(), node.index(), node.scalar(), Numbers.of(node.values()));
        }

        private TreeSum.Node node(Precision precision) {
            return new TreeSum.Node(level, index, scalar, values.vector(precision));
        }
    }
}
