package io.quadric.engine.experiment.measure;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.data.Task;
import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.experiment.Measurement.Order;
import io.quadric.engine.experiment.Models;
import io.quadric.engine.experiment.measure.CurvatureBlocks.Kind;
import io.quadric.linalg.ElementaryFunction;
import io.quadric.linalg.Matrix;
import io.quadric.linalg.Precision;
import io.quadric.linalg.Vector;
import io.quadric.linalg.Workspace;
import io.quadric.nn.Batch;
import io.quadric.nn.Initializer;
import io.quadric.nn.Linearization;
import io.quadric.nn.Model;
import io.quadric.nn.Parameters;
import io.quadric.nn.loss.SoftmaxCrossEntropy;
import io.quadric.verify.DenseReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurvatureBlocksTest {
    @TempDir
    private Path folder;

    private static void blocks(
            List<Integer> widths, ElementaryFunction function, int cases,
            BiConsumer<Linearization, List<CurvatureBlocks>> check) {
        Model model = Models.chain(
                widths, function, new SoftmaxCrossEntropy(), new Task.Classification(widths.getLast())).model();
        Random random = new Random(7);
        Parameters theta = model.network().initialize(Initializer.fanIn(), Precision.FLOAT64, random);
        Matrix inputs = Matrix.zeros(Precision.FLOAT64, cases, widths.getFirst());
        Matrix targets = Matrix.zeros(Precision.FLOAT64, cases, widths.getLast());
        for (int i = 0; i < cases; i++) {
            inputs.row(i).copyFrom(Vector.of(random.doubles(widths.getFirst(), -1, 1).toArray()));
            targets.set(i, random.nextInt(widths.getLast()), 1);
        }
        try (Workspace ws = Workspace.serial();
                var at = Linearization.at(model, theta, new Batch(inputs, targets), ws)) {
            check.accept(at, CurvatureBlocks.of(at, random, ws));
        }
    }

    /// Of one case the Gauss-Newton block is a Kronecker product, and KFLR and KFRA are that product (§3.2); of several
    /// it is none.
    @Test
    void exactFactorsOfOneCaseAreTheGaussNewtonBlock() {
        blocks(List.of(3, 4, 2), ElementaryFunction.TANH, 1, (at, layers) -> {
            assertEquals(2, layers.size());
            for (CurvatureBlocks layer : layers) {
                assertEquals(0, layer.error(Kind.KFLR, Kind.GAUSS_NEWTON), 1e-12);
                assertEquals(0, layer.error(Kind.KFRA, Kind.GAUSS_NEWTON), 1e-12);
                assertEquals(1, layer.cosine(Kind.KFLR, Kind.GAUSS_NEWTON), 1e-12);
                assertTrue(layer.error(Kind.KFAC, Kind.GAUSS_NEWTON) > 1e-3);
            }
        });
        blocks(List.of(3, 4, 2), ElementaryFunction.TANH, 5, (at, layers) -> layers.forEach(
                layer -> assertTrue(layer.error(Kind.KFLR, Kind.GAUSS_NEWTON) > 1e-3)));
    }

    /// §2.2.3: the blocks of piecewise linear networks are the same; those of others differ, but for the last layer.
    @Test
    void hessianAndGaussNewtonDifferByTheBendOfTheUnits() {
        blocks(List.of(3, 4, 2), ElementaryFunction.RELU, 5, (at, layers) -> layers.forEach(
                layer -> assertEquals(0, layer.error(Kind.GAUSS_NEWTON, Kind.HESSIAN), 1e-12)));
        blocks(List.of(3, 4, 2), ElementaryFunction.TANH, 5, (at, layers) -> {
            assertTrue(layers.getFirst().error(Kind.GAUSS_NEWTON, Kind.HESSIAN) > 1e-3);
            assertEquals(0, layers.getLast().error(Kind.GAUSS_NEWTON, Kind.HESSIAN), 1e-12);
        });
    }

    /// A column against a product with the whole matrix, at the place of the bias of the second unit.
    @Test
    void parametersAreOrderedUnitByUnit() {
        blocks(List.of(3, 4, 2), ElementaryFunction.TANH, 5, (at, layers) -> {
            double[] unit = new double[at.parameters().values().size()];
            unit[3 * 4 + 1] = 1;
            double[] product = DenseReference.gaussNewtonProduct(at, unit);
            Matrix block = layers.getFirst().matrices().get(Kind.GAUSS_NEWTON);
            double[] expected = new double[16];
            for (int i = 0; i < 4; i++) {
                System.arraycopy(product, 3 * i, expected, 4 * i, 3);
                expected[4 * i + 3] = product[12 + i];
            }
            assertArrayEquals(expected, block.row(2 * 4 - 1).toArray(), 1e-12);
        });
    }

    @Test
    void errorsAndCosinesAreThoseOfFrobenius() {
        blocks(List.of(3, 2), ElementaryFunction.TANH, 5, (at, layers) -> {
            CurvatureBlocks layer = layers.getFirst();
            double[] x = layer.matrices().get(Kind.KFAC).toDoubleArray();
            double[] b = layer.matrices().get(Kind.HESSIAN).toDoubleArray();
            double product = 0;
            double difference = 0;
            double xx = 0;
            double bb = 0;
            for (int i = 0; i < x.length; i++) {
                product += x[i] * b[i];
                difference += (x[i] - b[i]) * (x[i] - b[i]);
                xx += x[i] * x[i];
                bb += b[i] * b[i];
            }
            assertEquals(Math.sqrt(difference / bb), layer.error(Kind.KFAC, Kind.HESSIAN), 1e-12);
            assertEquals(product / Math.sqrt(xx * bb), layer.cosine(Kind.KFAC, Kind.HESSIAN), 1e-12);
        });
    }

    @Test
    void theSmallFormWritesItsFiles() throws IOException {
        List<String> progress = new ArrayList<>();
        try (Workspace ws = Workspace.serial()) {
            new CurvatureBlockStudy().measure(
                    new Order(new Scale(Size.SMALL, "digits"), 3, 1, folder, ws, progress::add));
        }
        assertTrue(progress.getLast().startsWith("after 3 steps: loss "), progress::toString);
        List<String> csv = Files.readAllLines(folder.resolve("blocks.csv"));
        assertEquals(1 + 2 * 3 * Kind.values().length, csv.size());
        String table = Files.readString(folder.resolve("table.md"));
        assertTrue(table.contains("| KFLR, layer 3, the first parameters | ") && table.contains(" | 60 | "), table);
        List<String> pictures = table.lines().filter(line -> line.startsWith("![")).toList();
        assertEquals(6, pictures.size());
        for (String picture : pictures) {
            assertTrue(Files.size(folder.resolve(picture.replaceAll(".*\\(|\\)", ""))) > 0, picture);
        }
    }
}
