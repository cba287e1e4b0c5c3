package io.quadric.nn.chunk;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/// Sums over chunks in a fixed binary tree over their numbers, whatever part of it is added up where. Node i of level l
/// is the sum of the chunks i·2ˡ … (i+1)·2ˡ − 1: its left half plus its right half. What remains of an incomplete tree
/// is added from right to left.
public final class TreeSum {
    private final Workspace ws;
    private final Supplier<Vector> room;
    private final Deque<Term> pending = new ArrayDeque<>();
    private final List<Vector> free = new ArrayList<>();

    /// A node of the tree.
    ///
    /// @param level 0 for a chunk
    /// @param index from 0
    /// @param scalar the sum of the scalar parts
    /// @param values the sum of the others, which a [TreeSum] that takes the node overwrites
    public record Node(int level, int index, double scalar, Vector values) {}

    /// A node, or a chunk whose values have not been multiplied by its share yet: that is done where they are added.
    ///
    /// @param node the node
    /// @param share the factor of its values
    private record Term(Node node, double share) {}

    /// An empty sum.
    ///
    /// @param ws whose threads add
    /// @param room makes vectors for partial sums: at most ⌊log₂ N⌋ + 1 for N chunks, the first of which becomes the
    ///     sum of all
    public TreeSum(Workspace ws, Supplier<Vector> room) {
        this.ws = ws;
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
    /// @param share the factor of its parts
    /// @param scalar its scalar part
    public void add(int chunk, double share, double scalar) {
        Vector values = next();
        free.removeLast();
        add(new Term(new Node(0, chunk, share * scalar, values), share));
    }

    /// Adds a node.
    ///
    /// @param node to the right of those added before
    public void add(Node node) {
        add(new Term(node, 1));
    }

    private void add(Term term) {
        Term sum = term;
        while (!pending.isEmpty() && isSibling(pending.getLast().node(), sum.node())) {
            sum = sum(pending.removeLast(), sum, sum.node().level() + 1, sum.node().index() / 2);
        }
        pending.addLast(sum);
    }

    private static boolean isSibling(Node left, Node right) {
        return left.level() == right.level() && left.index() == right.index() - 1 && right.index() % 2 == 1;
    }

    private Term sum(Term left, Term right, int level, int index) {
        Vector values = left.node().values();
        ws.ranges(values.size(), (range, from, to) -> multiplied(left, from, to).axpy(1, multiplied(right, from, to)));
        free.add(right.node().values());
        return new Term(new Node(level, index, left.node().scalar() + right.node().scalar(), values), 1);
    }

    /// {@return a range of a term's values, which are multiplied by its share}
    private static Vector multiplied(Term term, int from, int to) {
        Vector values = term.node().values().slice(from, to);
        return term.share() == 1 ? values : values.scale(term.share());
    }

    private Node multiplied(Term term) {
        if (term.share() != 1) {
            ws.ranges(term.node().values().size(), (range, from, to) -> multiplied(term, from, to));
        }
        return term.node();
    }

    /// {@return the nodes whose siblings have not been added, from left to right} Nothing can be added afterwards.
    public List<Node> nodes() {
        List<Node> nodes = pending.stream().map(this::multiplied).toList();
        pending.clear();
        return nodes;
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
            Term right = pending.removeLast();
            Term left = pending.removeLast();
            pending.addLast(sum(left, right, left.node().level(), left.node().index()));
        }
        Node sum = multiplied(pending.removeLast());
        if (values != sum.values()) {
            values.copyFrom(sum.values());
        }
        return sum.scalar();
    }
}
