package io.quadric.engine.onnx;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import io.quadric.engine.InputException;
import io.quadric.engine.array.NpzFile;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Dataset;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.model.ModelImport;
import io.quadric.engine.model.Models;
import io.quadric.engine.model.ParameterTensors;
import io.quadric.engine.model.TrainedModel;
import io.quadric.engine.prepare.PreparationRules;
import io.quadric.engine.prepare.Unseen;
import io.quadric.engine.table.Table;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.nn.Initializer;
import io.quadric.nn.Parameters;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Trained models with their preparation, executed by onnxruntime.
class TrainedOnnxTest {
    @TempDir
    private Path temp;

    private static OnnxRuntime runtime(TrainedModel model, Table table) throws OrtException {
        double[] numbers = new double[2 * table.rows()];
        for (int i = 0; i < table.rows(); i++) {
            numbers[2 * i] = table.numeric("x1").get(i);
            numbers[2 * i + 1] = table.numeric("x2").get(i);
        }
        String[] towns = IntStream.range(0, table.rows()).mapToObj(table.column("town")::text).toArray(String[]::new);
        return new OnnxRuntime(OnnxFile.bytes(model)).with("numbers", numbers, table.rows(), 2).with("town", towns);
    }

    private static void assertClose(Matrix ours, float[] theirs) {
        Matrix difference = Matrix.zeros(Precision.FLOAT32, ours.rows(), ours.columns()).copyFrom(ours)
                .axpby(-1, Matrix.of(ours.rows(), ours.columns(), theirs), 1);
        assertTrue(difference.maxAbs() <= 1e-5 * Math.max(1, ours.maxAbs()),
                () -> difference.maxAbs() + " of " + ours.maxAbs());
    }

    /// Columns of numbers and of texts, missing and unseen ones among them.
    @Test
    void aClassifierGivesTheSameLabelsAndProbabilities() throws OrtException {
        Table train = Models.table(1, 80, true);
        Table table = Models.table(2, 60, true);
        Table without = Models.table(3, 30, true).select(IntStream.range(0, 30)
                .filter(i -> !Models.table(3, 30, true).column("town").text(i).equals("Oslo")).toArray());
        for (Table fitted : new Table[]{train, without}) {
            TrainedModel model = Models.of(fitted, Precision.FLOAT32);
            try (OnnxRuntime runtime = runtime(model, table)) {
                assertClose(model.predict(table), runtime.floats("probabilities"));
                assertArrayEquals(model.predictClasses(table).toArray(), runtime.texts("label"));
            }
        }
    }

    @Test
    void aRegressionIsInTheUnitsOfTheData() throws OrtException {
        Table table = Models.table(4, 70, false);
        TrainedModel model = Models.of(table, Precision.FLOAT32);
        try (OnnxRuntime runtime = runtime(model, table)) {
            assertClose(model.predict(table), runtime.floats("prediction"));
        }
    }

    /// A model without a preparation takes its columns as they are; an autoencoder puts them out again.
    @ParameterizedTest
    @ValueSource(strings = {"digits-autoencoder", "digits-lstm", "digits-classifier"})
    void aModelOfMatricesHasOneInput(String name) throws IOException, OrtException {
        ModelSpec spec = Presets.named(name);
        Dataset data = spec.load(DataSource.named("first:digits,cases=20,test=7"), Precision.FLOAT32);
        TrainedModel model = imported(spec);
        Matrix inputs = data.test().orElseThrow().batch().inputs();
        try (OnnxRuntime runtime = new OnnxRuntime(OnnxFile.bytes(model))) {
            float[] theirs = runtime
                    .with("features", inputs.copy().floats(), 7, 64)
                    .floats(model.classes().isEmpty() ? "prediction" : "probabilities");
            assertClose(model.predict(inputs), theirs);
        }
    }

    /// Random parameters that come from a file.
    private TrainedModel imported(ModelSpec spec) throws IOException {
        Parameters parameters = spec.model().network()
                .initialize(Initializer.glorot(), Precision.FLOAT32, new Random(1));
        Path file = temp.resolve("parameters.npz");
        try (OutputStream out = Files.newOutputStream(file)) {
            NpzFile.write(out, ParameterTensors.write(parameters));
        }
        return ModelImport.of(spec.model(), spec.task(), file, Precision.FLOAT32);
    }

    @Test
    void whatCannotBeExpressedIsNamed() {
        Table table = Models.table(1, 40, true);
        PreparationRules rules = PreparationRules.defaults().withUnseen(Unseen.REFUSED);
        TrainedModel refusing = Models.of(table, Precision.FLOAT32, rules);
        Path file = temp.resolve("m.onnx");
        String message = assertThrows(InputException.class, () -> OnnxFile.write(file, refusing)).getMessage();
        assertTrue(message.contains("column 'town' refuses missing or unseen categories"), message);
        assertFalse(Files.exists(file));
    }
}
