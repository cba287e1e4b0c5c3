package io.quadric.engine.json;

import static org.junit.jupiter.api.Assertions.assertAll;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import io.quadric.engine.InputException;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.data.Task;
import io.quadric.engine.train.Problem;
import io.quadric.engine.train.Schedule;
import io.quadric.engine.train.Trainer;
import io.quadric.engine.train.TrainingSetup;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.LayerKind;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.verify.RandomNetworks;
import io.quadric.verify.Subject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every member of a model in JSON that is a number, at the ends of its type and as something else, in a network with
/// each registered layer: the model trains, or is refused in one line.
class FieldRangesTest {
    /// All of them in the long form.
    private static final List<String> VALUES = Boolean.getBoolean("quadric.torture")
            ? List.of("-2147483648", "-1", "0", "1", "3", "65536", "100000000", "2147483647", "2147483648", "-1e308",
                    "4.9e-324", "0.5", "1e308", "1e999", "\"3\"", "null", "[]", "{}")
            : List.of("-1", "0", "3", "100000000", "2147483648", "4.9e-324", "1e308", "null");

    private static final List<Subject> SUBJECTS = RandomNetworks.many(400, 1).toList();

    static List<LayerKind> kinds() {
        return Registries.LAYERS.all();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void everyNumberAtItsEnds(LayerKind kind) {
        String type = "\"type\":\"" + kind.name() + "\"";
        Subject subject = SUBJECTS.stream()
                .filter(one -> NetworkJson.write(one.model().network()).toString().contains(type))
                .min(Comparator.comparing(one -> one.model().network().layout().size()
                        + one.model().network().layers().size()))
                .orElseThrow(() -> new AssertionError("no random network has a layer " + kind.name()));
        ObjectNode model = model(subject);
        List<String> places = new ArrayList<>();
        numbers(model, "", places);
        assertFalse(places.isEmpty());
        assertTrue(tried(subject, model.toString()).isEmpty());
        assertAll(places.stream().flatMap(place -> VALUES.stream().map(
                value -> () -> assertTold(place + " = " + value, tried(subject, with(model, place, value))))));
    }

    /// The text, since a tree cannot hold a number that no double holds.
    private static String with(ObjectNode model, String place, String value) {
        ObjectNode changed = model.deepCopy();
        set(changed, place, TextNode.valueOf("here"));
        return changed.toString().replace("\"here\"", value);
    }

    private static ObjectNode model(Subject subject) {
        ObjectNode model = ModelJson.write(new ModelSpec("m", subject.model(), new Task.Given(), 1));
        return model.put("l2", 0.01);
    }

    /// The JSON pointers to all numbers.
    private static void numbers(JsonNode node, String at, List<String> places) {
        if (node.isNumber()) {
            places.add(at);
        }
        node.fieldNames().forEachRemaining(name -> numbers(node.get(name), at + "/" + name, places));
        for (int i = 0; node.isArray() && i < node.size(); i++) {
            numbers(node.get(i), at + "/" + i, places);
        }
    }

    private static void set(ObjectNode root, String place, JsonNode value) {
        int end = place.lastIndexOf('/');
        String name = place.substring(end + 1);
        JsonNode parent = root.at(place.substring(0, end));
        if (parent instanceof ArrayNode array) {
            array.set(Integer.parseInt(name), value);
        } else {
            ((ObjectNode) parent).set(name, value);
        }
    }

    /// How the model is refused, if it is; otherwise two steps are taken.
    private static Optional<String> tried(Subject subject, String text) {
        return assertTimeoutPreemptively(Duration.ofSeconds(20), () -> {
            try (Workspace ws = Workspace.serial()) {
                ModelSpec spec = ModelJson.parse("m", text);
                Dataset data = new Dataset("some", new Task.Given(), subject.model().network().input(),
                        subject.batch(), Optional.empty());
                TrainingSetup setup = new TrainingSetup(
                        new Problem(spec.model(), data), Optimizers.named("sgd").optimizer(), 10, 1);
                new Trainer(setup, ws).train(Schedule.unlimited().withSteps(2), List.of());
                return Optional.empty();
            } catch (InputException e) {
                return Optional.of(e.getMessage());
            }
        }, text);
    }

    private static void assertTold(String what, Optional<String> refusal) {
        refusal.ifPresent(message -> {
            assertEquals(1, message.lines().count(), what + ": " + message);
            assertTrue(message.length() > 15 && message.length() < 500, what + ": " + message);
        });
    }
}
