package io.quadric.nn.chunk;

import io.quadric.linalg.Vector;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// Sums over chunks in a fixed binary tree over their numbers, whatever part of it is added up where. Node i of level l
/// is the sum of the chunks i·2ˡ … (i+1)·2ˡ − 1: its left half plus its right half. What remains of an incomplete tree
/// is added from right to left.
public final class TreeSum {
    private final Supplier<Vector> room;
    private final Deque<Node> pending = new ArrayDeque<>();
    private final List<Vector> free = new ArrayList<>();

    /// A node of the tree.
    ///
    /// @param level 0 for a chunk
    /// @param index from 0
    /// @param scalar the sum of the scalar parts
    /// @param values the sum of the others, which a [TreeSum] that takes the node overwrites
    public record Node(int level, int index, double scalar, Vector values) {}

    /// An empty sum.
    ///
    /// @param room makes vectors for partial sums: at most ⌊log₂ N⌋ + 1 for N chunks, the first of which becomes the
    ///     sum of all
    public TreeSum(Supplier<Vector> room) {
        this.room = room;
    }

    /// {@return room for the values of the next chunk}
    public Vector next() {
        if (free.isEmpty()) {
            free.add(room.get());
        }
        return free.getLast();
    }

    /// Adds a chunk whose values are in [the room for them][#next()].
    ///
    /// @param chunk its number, above those added before
    /// @param scalar its scalar part
    public void add(int chunk, double scalar) {
        Vector values = next();
        free.removeLast();
        add(new Node(0, chunk, scalar, values));
    }

    /// Adds a node.
    ///
    /// @param node to the right of those added before
    public void add(Node node) {
        Node sum = node;
        while (!pending.isEmpty() && isSibling(pending.getLast(), sum)) {
            sum = sum(pending.removeLast(), sum, sum.level() + 1, sum.index() / 2);
        }
        pending.addLast(sum);
    }

    private static boolean isSibling(Node left, Node right) {
        return left.level() == right.level() && left.index() == right.index() - 1 && right.index() % 2 == 1;
    }

    private Node sum(Node left, Node right, int level, int index) {
        left.values().axpy(1, right.values());
        free.add(right.values());
        return new Node(level, index, left.scalar() + right.scalar(), left.values());
    }

    /// {@return the nodes whose siblings have not been added, from left to right}
    public List<Node> nodes() {
        return List.copyOf(pending);
    }

    /// Ends the sum.
    ///
    /// @param values overwritten by the sum of all values; may be the first vector of the room
    /// @return the sum of all scalar parts
    /// @throws IllegalStateException if nothing was added
    public double total(Vector values) {
        if (pending.isEmpty()) {
            throw new IllegalStateException("a sum of no chunks");
        }
        while (pending.size() > 1) {
            Node right = pending.removeLast();
            Node left = pending.removeLast();
            pending.addLast(sum(left, right, left.level(), left.index()));
        }
        if (values != pending.getLast().values()) {
            values.copyFrom(pending.getLast().values());
        }
        return pending.getLast().scalar();
    }
}
