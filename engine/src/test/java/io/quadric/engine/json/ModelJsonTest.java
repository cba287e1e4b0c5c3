package io.quadric.engine.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.data.Task;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.nn.Initializer;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.Activation;
import io.quadric.nn.layer.DenseLayer;
import io.quadric.nn.layer.Shape;
import io.quadric.nn.loss.SigmoidCrossEntropy;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ModelJsonTest {
    private static final String GOOD = """
            {"network": {"input": {"vector": 4},
                         "layers": [{"type": "dense", "units": 3, "bias": false},
                                    {"type": "activation", "function": "leaky-relu"},
                                    {"type": "dense", "units": 4}]},
             "loss": "sigmoid-cross-entropy", "l2": 1e-5, "targets": "inputs"}
            """;

    @Test
    void aModelIsWhatItSays() {
        ModelSpec spec = ModelJson.parse("here", GOOD);
        assertEquals("here", spec.name());
        assertEquals(new Shape.Features(4), spec.model().network().input());
        assertEquals(
                List.of(
                        new DenseLayer(3, false),
                        new Activation(ElementaryFunction.LEAKY_RELU),
                        new DenseLayer(4, true)),
                spec.model().network().layers());
        assertEquals(new SigmoidCrossEntropy(), spec.model().loss());
        assertEquals(1e-5, spec.model().l2());
        assertEquals(new Task.Autoencoding(), spec.task());
    }

    /// `where` is replaced by `wrong`; the complaint is the whole message after the name.
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    "units": 3 | "units": -3 | -3 at network.layers[0].units, expected a whole number of at least 1
                    "units": 3 | "units": 0 | 0 at network.layers[0].units, expected a whole number of at least 1
                    "units": 3 | "units": 2.5 | 2.5 at network.layers[0].units, expected a whole number of at least 1
                    "units": 3 | "units": "3" | "3" at network.layers[0].units, expected a whole number of at least 1
                    "units": 3, "bias": false | "bias": true | member 'units' is missing at network.layers[0]
                    "bias": false | "bias": 0 | 0 at network.layers[0].bias, expected true or false
                    "bias" | "bais" | unknown member 'bais' at network.layers[0], expected type, units, bias
                    "function" | "units" | unknown member 'units' at network.layers[1], expected type, function
                    "loss": "sigmoid-cross-entropy", | ~~ | member 'loss' is missing in the document
                    "l2": 1e-5 | "l2": "none" | "none" at l2, expected a number
                    "inputs" | "outputs" | "outputs" at targets, expected labels, inputs, odd or given
                    {"vector": 4} | {"vector": -4} | -4 at network.input.vector, expected a whole number of at least 1
                    {"vector": 4} | {"image": [8, 8]} | [8,8] at network.input.image, expected an array of 3 sizes
                    {"vector": 4} | {} | {} at network.input, expected one of vector, image, sequence
                    {"vector": 4} | 4 | 4 at network.input, expected an object
                    """)
    void whatDoesNotFitIsNamedWithItsPlace(String where, String wrong, String complaint) {
        assertEquals("here: " + complaint, refused(GOOD.replace(where, wrong == null ? "" : wrong)));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    "activation" | "magic" | unknown layer type 'magic' at network.layers[1], expected one
                    "leaky-relu" | "gelu" | "gelu" at network.layers[1].function, expected one of linear, tanh
                    "sigmoid-cross-entropy" | "hinge" | unknown loss 'hinge', expected one of squared-error
                    "l2": 1e-5 | "l2": -1 | -1
                    "l2": 1e-5 | "x": 1 | unknown member 'x' in the document, expected network, loss, l2, targets, pool,
                    "targets" | "l2": 2, "targets" | not JSON, two members 'l2' at line
                    "inputs"} | "inputs"} {} | not JSON, something follows the document
                    "inputs"} | "inputs" | not JSON, the document ends too early
                    "inputs"} | "inputs", "initialization": {"1": "glorot"}} | no array is named '1', expected one of
                    "inputs"} | "inputs", "initialization": {"0": "zero"}} | unknown initialization 'zero'
                    "inputs"} | "inputs", "initialization": "glorot"} | at initialization, expected an object of names
                    """)
    void whatIsUnknownIsNamedWithItsPlace(String where, String wrong, String complaint) {
        String message = refused(GOOD.replace(where, wrong));
        assertTrue(message.startsWith("here: ") && message.contains(complaint), message);
        assertEquals(1, message.lines().count(), message);
    }

    @Test
    void anEmptyDocumentIsNoModel() {
        assertEquals("here: empty, expected a JSON document", refused(""));
        assertEquals("here: [] in the document, expected an object", refused("[]"));
    }

    private static String refused(String text) {
        return assertThrows(InputException.class, () -> ModelJson.parse("here", text)).getMessage();
    }

    @Test
    void writingAndReadingComesBack() {
        ModelSpec spec = ModelJson.parse("here", GOOD);
        assertEquals(ModelJson.write(spec), ModelJson.write(ModelJson.parse("here", ModelJson.write(spec).toString())));
        assertEquals(spec.model().network().layers(), again(spec).model().network().layers());
    }

    @Test
    void someLayersAndArraysHaveAnInitializationOfTheirOwn() {
        String text = GOOD.replace(
                "\"inputs\"}",
                "\"inputs\", \"initialization\": {\"0\": \"orthogonal,factor=2\", \"2.bias\": \"sparse,bias=3\"}}");
        ModelSpec spec = ModelJson.parse("here", text);
        assertEquals(spec.initialization(), again(spec).initialization());
        Initialization run = Initialization.parse("Fan_In;2.weight=sparse,connections=1");
        assertEquals("fan-in;2.weight=sparse,connections=1", run.name());
        assertEquals(
                new Initializer.ByName(
                        Map.of("2.weight", new Initializer.Sparse(1, 1, 0)),
                        new Initializer.ByName(
                                Map.of(
                                        "0", new Initializer.Orthogonal(2, 0),
                                        "2.bias", new Initializer.Sparse(15, 1, 3)),
                                new Initializer.FanIn())),
                run.initializer(spec.initialization()));
    }

    private static ModelSpec again(ModelSpec spec) {
        return ModelJson.parse(spec.name(), ModelJson.write(spec).toString());
    }

    static List<String> losses() {
        return Registries.LOSSES.names();
    }

    @ParameterizedTest
    @MethodSource("losses")
    void everyLossHasAName(String name) {
        assertEquals(name, LossJson.write(LossJson.read(name)));
    }

    @Test
    void anUnknownPresetIsNamed() {
        InputException e = assertThrows(InputException.class, () -> Presets.named("digit"));
        assertEquals(
                "unknown model 'digit', expected one of " + String.join(", ", Presets.ALL.names()),
                e.getMessage());
    }
}
