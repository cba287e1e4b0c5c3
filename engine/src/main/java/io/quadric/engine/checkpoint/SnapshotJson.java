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
                .put("rejections", snapshot.rejections())
                .put("undefined", snapshot.undefined());
        write(snapshot.initial(), node.putObject("initial"));
        write(snapshot.last(), node.putObject("last"));
        node.put("method", snapshot.state().method());
        ObjectNode numbers = node.putObject("numbers");
        snapshot.state().numbers().forEach((name, value) -> put(numbers, name, value));
    }

    private static void write(Evaluation evaluation, ObjectNode node) {
        put(node, "trainLoss", evaluation.trainLoss());
        put(node, "penalty", evaluation.penalty());
        evaluation.testLoss().ifPresent(value -> put(node, "testLoss", value));
        evaluation.testError().ifPresent(value -> put(node, "testError", value));
        evaluation.testSquaredError().ifPresent(value -> put(node, "testSquaredError", value));
        evaluation.parametersTrainLoss().ifPresent(value -> put(node, "parametersTrainLoss", value));
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.put(name, Double.toString(value));
        }
    }

    static Snapshot read(JsonPart document, Vector parameters, State state) {
        JsonPart at = document.member("progress").object("step", "epoch", "seconds", "rejections", "undefined");
        Progress progress = new Progress(
                at.member("step").count(),
                notNegative(at.member("epoch"), LARGEST),
                notNegative(at.member("seconds"), LARGEST));
        Evaluation initial = evaluation(document.member("initial"));
        Evaluation last = document.optional("last").map(SnapshotJson::evaluation).orElse(initial);
        int rejections = at.optional("rejections").map(part -> (int) Math.min(part.count(), Integer.MAX_VALUE))
                .orElse(0);
        boolean undefined = at.optional("undefined").map(JsonPart::flag).orElse(false);
        return new Snapshot(progress, initial, last, parameters, state, rejections, undefined);
    }

    private static Evaluation evaluation(JsonPart part) {
        part.object("trainLoss", "penalty", "testLoss", "testError", "testSquaredError", "parametersTrainLoss");
        return new Evaluation(
                number(part.member("trainLoss")),
                number(part.member("penalty")),
                number(part.optional("testLoss")),
                number(part.optional("testError")),
                number(part.optional("testSquaredError")),
                number(part.optional("parametersTrainLoss")));
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
