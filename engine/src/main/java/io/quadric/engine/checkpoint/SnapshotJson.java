package io.quadric.engine.checkpoint;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.JsonPart;
import io.quadric.engine.train.Evaluation;
import io.quadric.engine.train.Progress;
import io.quadric.engine.train.Snapshot;
import io.quadric.linalg.Vector;
import io.quadric.optim.State;
import java.util.Optional;
import java.util.OptionalDouble;

/// The parts of a checkpoint that say how far the run has come, but for its arrays.
final class SnapshotJson {
    /// More epochs or seconds than any run has.
    private static final double LARGEST = 1e15;

    private SnapshotJson() {}

    static void write(Snapshot snapshot, ObjectNode node) {
        node.putObject("progress")
                .put("step", snapshot.at().step())
                .put("epoch", snapshot.at().epoch())
                .put("seconds", snapshot.at().seconds())
                .put("rejections", snapshot.rejections());
        ObjectNode initial = node.putObject("initial");
        put(initial, "trainLoss", snapshot.initial().trainLoss());
        put(initial, "penalty", snapshot.initial().penalty());
        snapshot.initial().testLoss().ifPresent(value -> put(initial, "testLoss", value));
        snapshot.initial().testError().ifPresent(value -> put(initial, "testError", value));
        node.put("method", snapshot.state().method());
        ObjectNode numbers = node.putObject("numbers");
        snapshot.state().numbers().forEach((name, value) -> put(numbers, name, value));
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.put(name, Double.toString(value));
        }
    }

    static Snapshot read(JsonPart document, Vector parameters, State state) {
        JsonPart at = document.member("progress").object("step", "epoch", "seconds", "rejections");
        JsonPart initial = document.member("initial").object("trainLoss", "penalty", "testLoss", "testError");
        Progress progress = new Progress(
                at.member("step").count(),
                notNegative(at.member("epoch"), LARGEST),
                notNegative(at.member("seconds"), LARGEST));
        Evaluation evaluation = new Evaluation(
                number(initial.member("trainLoss")),
                number(initial.member("penalty")),
                number(initial.optional("testLoss")),
                number(initial.optional("testError")));
        int rejections = at.optional("rejections").map(part -> (int) Math.min(part.count(), Integer.MAX_VALUE))
                .orElse(0);
        return new Snapshot(progress, evaluation, parameters, state, rejections);
    }

    private static double notNegative(JsonPart part, double most) {
        double value = part.number();
        if (!(value >= 0 && value <= most)) {
            throw part.unexpected("a number from 0 to " + most);
        }
        return value;
    }

    private static OptionalDouble number(Optional<JsonPart> part) {
        return part.map(p -> OptionalDouble.of(number(p))).orElse(OptionalDouble.empty());
    }

    static double number(JsonPart part) {
        if (!part.node().isTextual()) {
            return part.number();
        }
        try {
            return Double.parseDouble(part.text());
        } catch (NumberFormatException e) {
            throw part.unexpected("a number");
        }
    }
}
