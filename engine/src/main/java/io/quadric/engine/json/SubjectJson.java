package io.quadric.engine.json;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.Words;
import io.quadric.engine.file.NamedPipe;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.nn.Batch;
import io.quadric.nn.Model;
import io.quadric.nn.Network;
import io.quadric.nn.Parameters;
import io.quadric.nn.layer.Lengths;
import io.quadric.nn.layer.Weights;
import io.quadric.verify.Subject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// A subject of the laws with all its numbers: `network` as in [NetworkJson], `loss` as in [LossJson], `l2`,
/// `precision` (`float32` or `float64`), `parameters` (one flat list), `inputs` and `targets` (a list for each case),
/// and if they differ `lengths` (time steps of each case) and `weights` (of each case).
public final class SubjectJson {
    private SubjectJson() {}

    /// {@return the subject with all its numbers}
    ///
    /// @param subject the subject
    /// @throws InputException if a layer or the loss has no description
    public static ObjectNode write(Subject subject) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.set("network", NetworkJson.write(subject.model().network()));
        node.put("loss", LossJson.write(subject.model().loss()));
        node.put("l2", subject.model().l2());
        node.put("precision", Words.of(subject.parameters().values().precision()));
        write(subject.parameters().values(), node.putArray("parameters"));
        write(subject.batch().inputs(), node.putArray("inputs"));
        write(subject.batch().targets(), node.putArray("targets"));
        if (!subject.batch().lengths().areFull()) {
            Arrays.stream(subject.batch().lengths().toArray()).forEach(node.putArray("lengths")::add);
        }
        if (!subject.batch().weights().areEqual()) {
            ArrayNode weights = node.putArray("weights");
            IntStream.range(0, subject.batch().cases()).forEach(i -> weights.add(subject.batch().weights().at(i)));
        }
        return node;
    }

    private static void write(Vector values, ArrayNode array) {
        for (double value : values.toArray()) {
            array.add(value);
        }
    }

    private static void write(Matrix rows, ArrayNode array) {
        for (int i = 0; i < rows.rows(); i++) {
            write(rows.row(i), array.addArray());
        }
    }

    /// {@return the subject in a file}
    ///
    /// @param file the path
    /// @throws InputException if it cannot be read or does not describe a subject
    public static Subject read(Path file) {
        try {
            return read(file.toString(),
                    JsonPart.document(ModelJson.document(Files.readString(NamedPipe.refused(file)))));
        } catch (IOException e) {
            throw new InputException(file + (Files.exists(file) ? ": cannot be read" : ": no such file")
                    + ", expected a subject in JSON");
        } catch (InputException e) {
            throw e.at(file.toString());
        }
    }

    private static Subject read(String name, JsonPart part) {
        part.object("network", "loss", "l2", "precision", "parameters", "inputs", "targets", "lengths", "weights");
        Network network = NetworkJson.read(part.member("network"));
        double l2 = part.optional("l2").map(JsonPart::number).orElse(0.0);
        Precision precision = part.member("precision").word(Precision.class);
        try {
            Model model = new Model(network, LossJson.read(part.member("loss").text()), l2);
            Matrix inputs = rows(part.member("inputs"), network.input().size());
            Matrix targets = rows(part.member("targets"), model.targets().size());
            if (inputs.rows() != targets.rows()) {
                throw part.member("targets").unexpected(inputs.rows() + " cases, as in the inputs");
            }
            double[] values = numbers(part.member("parameters"), network.layout().size());
            Parameters parameters = new Parameters(network.layout(), Vector.of(values));
            Batch batch = new Batch(inputs, targets, lengths(part), weights(part));
            return new Subject(name, model, parameters, batch).in(precision);
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage());
        }
    }

    private static Lengths lengths(JsonPart part) {
        return part.optional("lengths")
                .map(list -> Lengths.of(list.elements().stream().mapToInt(JsonPart::size).toArray()))
                .orElse(Lengths.FULL);
    }

    private static Weights weights(JsonPart part) {
        return part.optional("weights")
                .map(list -> Weights.of(list.elements().stream().mapToDouble(JsonPart::number).toArray()))
                .orElse(Weights.EQUAL);
    }

    private static Matrix rows(JsonPart part, int columns) {
        List<JsonPart> cases = part.elements();
        if (cases.isEmpty()) {
            throw part.unexpected("at least one case");
        }
        return Matrix.of(cases.stream().map(row -> numbers(row, columns)).toArray(double[][]::new));
    }

    private static double[] numbers(JsonPart part, int count) {
        List<JsonPart> elements = part.elements();
        if (elements.size() != count) {
            throw part.unexpected(count + " numbers, got " + elements.size());
        }
        return elements.stream().mapToDouble(JsonPart::number).toArray();
    }
}
