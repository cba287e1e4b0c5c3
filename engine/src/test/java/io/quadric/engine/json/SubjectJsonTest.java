package io.quadric.engine.json;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.linalg.Matrix;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SubjectJsonTest {
    @TempDir
    Path temp;

    @Test
    void lengthsAndWeightsAreKept() throws IOException {
        Subject again = read(SubjectJson.write(subject(Lengths.of(3, 1), Weights.of(0.5, 2))));
        assertArrayEquals(new int[]{3, 1}, again.batch().lengths().toArray());
        assertEquals(0.5, again.batch().weights().at(0));
        assertEquals(2, again.batch().weights().at(1));
    }

    @Test
    void nothingIsWrittenWhereTheyDoNotDiffer() throws IOException {
        ObjectNode node = SubjectJson.write(subject(Lengths.FULL, Weights.EQUAL));
        assertFalse(node.has("lengths") || node.has("weights"), node::toString);
        Subject again = read(node);
        assertTrue(again.batch().lengths().areFull());
        assertTrue(again.batch().weights().areEqual());
    }

    @Test
    void oneLengthForEachCase() {
        ObjectNode node = SubjectJson.write(subject(Lengths.FULL, Weights.EQUAL));
        node.putArray("lengths").add(2);
        InputException e = assertThrows(InputException.class, () -> read(node));
        assertTrue(e.getMessage().contains("small.json"), e::getMessage);
    }

    private Subject read(ObjectNode node) throws IOException {
        return SubjectJson.read(Files.writeString(temp.resolve("small.json"), node.toString()));
    }

    private static Subject subject(Lengths lengths, Weights weights) {
        Network network = NetworkJson.read(ModelJson.document(
                "{\"input\": {\"sequence\": [3, 1]}, \"layers\": [{\"type\": \"dense\", \"units\": 1}]}"));
        Batch batch = new Batch(
                Matrix.of(new double[][]{{1, 2, 3}, {4, 5, 6}}),
                Matrix.of(new double[][]{{3, 2, 1}, {6, 5, 4}}),
                lengths,
                weights);
        Model model = new Model(network, LossJson.read("squared-error"), 0);
        return new Subject("two cases", model, new Parameters(network.layout(), Vector.of(2, 1)), batch);
    }
}
