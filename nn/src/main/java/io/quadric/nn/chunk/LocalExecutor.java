package io.quadric.nn.chunk;

import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Draws;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Objective;
import io.quadric.nn.Parameters;
import java.util.ArrayList;
import java.util.List;

/// Computes chunk after chunk on the threads of a workspace.
final class LocalExecutor implements ChunkExecutor {
    private final ChunkSource source;
    private final Model model;
    private final Parameters parameters;
    private final Workspace ws;
    private final double weight;
    private final List<Open> kept = new ArrayList<>();

    /// A chunk with its activations, in scratch.
    ///
    /// @param frame holds the cases
    /// @param at the activations
    private record Open(Workspace.Frame frame, Linearization at) implements AutoCloseable {
        @Override
        public void close() {
            at.close();
            frame.close();
        }
    }

    LocalExecutor(Chunks chunks, Model model, Parameters parameters, Workspace ws) {
        this.source = chunks.source();
        this.model = model;
        this.parameters = parameters;
        this.ws = ws;
        this.weight = chunks.weight();
        long before = ws.inUse();
        long ofOne = 0;
        while (kept.size() < source.count() && ofOne * (kept.size() + 1) < chunks.budget()) {
            kept.add(open(kept.size()));
            ofOne = Math.max(ofOne, (ws.inUse() - before) / kept.size());
        }
        if (ofOne * kept.size() > chunks.budget()) {
            kept.removeLast().close();
        }
    }

    private Open open(int chunk) {
        Workspace.Frame frame = ws.open();
        try {
            return new Open(frame, Linearization.at(model, parameters, source.chunk(chunk, frame), ws));
        } catch (RuntimeException e) {
            frame.close();
            throw e;
        }
    }

    @Override
    public double mean(Objective.Mean quantity, Vector argument, Draws.Streams draws, Vector mean) {
        try (var frame = ws.open()) {
            // As many nodes as there are at a time, the first of which becomes the sum.
            int levels = Integer.SIZE - 1 - Integer.numberOfLeadingZeros(source.count());
            List<Vector> room = new ArrayList<>();
            for (int i = 0; i < levels; i++) {
                room.add(frame.vector(mean.precision(), mean.size()));
            }
            room.add(mean);
            TreeSum sum = new TreeSum(ws, room::removeLast);
            for (int c = 0; c < source.count(); c++) {
                Vector values = sum.next();
                double scalar = compute(c, quantity, argument, draws, values);
                sum.add(c, source.weight(c) / weight, scalar);
            }
            return sum.total(mean);
        }
    }

    private double compute(
            int chunk, Objective.Mean quantity, Vector argument, Draws.Streams draws, Vector mean) {
        if (chunk < kept.size()) {
            return quantity.compute(kept.get(chunk).at(), argument, draws.of(chunk), mean);
        }
        try (Open open = open(chunk)) {
            return quantity.compute(open.at(), argument, draws.of(chunk), mean);
        }
    }

    @Override
    public void close() {
        while (!kept.isEmpty()) {
            kept.removeLast().close();
        }
    }
}
