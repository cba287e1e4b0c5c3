package io.quadric.engine.json;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.data.DataSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class PresetsTest {
    static List<Preset> presets() {
        return Presets.ALL.all();
    }

    /// For made-up sequences or a table, which the presets that depend on the data want; the others do not look at
    /// them.
    @ParameterizedTest
    @MethodSource("presets")
    void aPresetSurvivesWritingAndReading(Preset preset, @TempDir Path temp) throws IOException {
        Path table = Files.writeString(temp.resolve("t.csv"), "a,y\n1,2.5\n2,3.5\n3,4\n");
        DataSource data = DataSource.named(preset.data().equals("table") ? table.toString() : "problem:addition");
        ModelSpec spec = preset.model().apply(data);
        assertEquals(preset.name(), spec.name());
        ModelSpec again = ModelJson.read(preset.name(), JsonPart.document(ModelJson.write(spec)));
        assertEquals(ModelJson.write(spec), ModelJson.write(again));
        assertEquals(spec.model().network().layers(), again.model().network().layers());
        assertEquals(spec.model().network().input(), again.model().network().input());
    }

    /// Counted by hand from the tables of the papers, two numbers for each normalised channel.
    @ParameterizedTest
    @CsvSource({"mnist-autoencoder, 2837314", "curves-autoencoder, 842340",
        "faces-autoencoder, 7537655", "mnist-classifier, 397510", "cifar-vgg16, 14724042", "cifar-resnet32, 464154",
        "cifar-resnet32-b, 466906", "cifar-resnet32-4, 7386186", "cifar-residual-small, 77706"})
    void theSizesAreThoseOfThePapers(String name, int parameters) {
        assertEquals(parameters, Presets.named(name).model().network().layout().size());
    }

    @Test
    void residualBlocksMustMeet() {
        String text = """
                {"network": {"input": {"image": [2, 4, 4]},
                             "layers": [{"type": "residual", "body": [{"type": "conv2d", "channels": 3,
                                         "kernel": [3, 3]}]}]},
                 "loss": "squared-error", "targets": "inputs"}
                """;
        InputException e = assertThrows(InputException.class, () -> ModelJson.parse("here", text));
        assertEquals("here: layer 0: the body of the residual block ends in image [3, 2, 2], its shortcut in image"
                + " [2, 4, 4]; they must be equal at network", e.getMessage());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '~',
            textBlock = """
                    "kernel": [3, 3] | "kernel": [3] | [3] at network.layers[0].kernel, expected an array of 2 sizes
                    "stride": 2 | "stride": 0 | 0 at network.layers[0].stride, expected a whole number of at least 1
                    "stride": 2 | "stride": [1, 2, 3] | [1,2,3] at network.layers[0].stride, expected a whole number or
                    "padding": [1, 1] | "padding": [1, -1] | -1 at network.layers[0].padding[1], expected a whole number
                    "padding": [1, 1] | "padding": 3 | the padding must be at least 0 and smaller than the window of
                    "epsilon": 0.1 | "epsilon": 0 | ε must be positive, got 0.0 at network.layers[1]
                    [2, 4, 4] | [2, 0, 4] | 0 at network.input.image[1], expected a whole number of at least 1
                    "kernel": [3, 3] | "kernel": [9, 3] | a window of 9 × 3 does not fit into 6 padded pixels at network
                    "batch-norm" | "batchnorm" | unknown layer type 'batchnorm' at network.layers[1], expected one of
                    """)
    void badImageLayersAreNamed(String where, String wrong, String complaint) {
        String good = """
                {"network": {"input": {"image": [2, 4, 4]},
                             "layers": [{"type": "conv2d", "channels": 3, "kernel": [3, 3], "stride": 2,
                                         "padding": [1, 1]},
                                        {"type": "batch-norm", "epsilon": 0.1},
                                        {"type": "flatten"}]},
                 "loss": "squared-error", "targets": "labels"}
                """;
        ModelJson.parse("here", good);
        InputException e = assertThrows(
                InputException.class, () -> ModelJson.parse("here", good.replace(where, wrong)));
        assertTrue(e.getMessage().contains(complaint), e.getMessage());
    }
}
