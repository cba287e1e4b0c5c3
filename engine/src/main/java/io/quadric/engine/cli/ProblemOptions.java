package io.quadric.engine.cli;

import io.quadric.engine.InputException;
import io.quadric.engine.checkpoint.Initialization;
import io.quadric.engine.data.CifarFolder;
import io.quadric.engine.data.Curves;
import io.quadric.engine.data.DataSource;
import io.quadric.engine.data.Digits;
import io.quadric.engine.data.Excerpt;
import io.quadric.engine.data.Faces;
import io.quadric.engine.data.IdxFolder;
import io.quadric.engine.data.ProblemSource;
import io.quadric.engine.json.ModelJson;
import io.quadric.engine.json.ModelSpec;
import io.quadric.engine.json.Presets;
import io.quadric.engine.json.RecurrentModels;
import io.quadric.linalg.Precision;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that choose model and data.
final class ProblemOptions {
    @Option(
            names = "--data",
            paramLabel = "DATA",
            description = "'digits', which is built in, made-up data such as 'problem:addition,length=30' or "
                    + "'curves,cases=5000', or a folder with train-images-idx3-ubyte[.gz] and so on, or "
                    + "data_batch_1.bin[.gz] and so on of CIFAR-10, or olivetti-images-idx3-ubyte[.gz], also as "
                    + "'faces:FOLDER,copies=10'; 'first:FOLDER,cases=2000' takes the first cases (default: digits).")
    private String data = "digits";

    @Option(
            names = "--model",
            paramLabel = "MODEL",
            description = "digits-classifier, digits-autoencoder, digits-lstm, mnist-autoencoder, "
                    + "mnist-autoencoder-tanh, mnist-classifier, mnist-mixture, mnist-lstm, curves-autoencoder, "
                    + "faces-autoencoder, cifar-vgg16, cifar-resnet32, cifar-resnet32-b, cifar-resnet32-4, "
                    + "cifar-residual-small, or a JSON file (default: digits-classifier for the digits, 100 recurrent "
                    + "tanh units for a problem, cifar-resnet32 for CIFAR-10, the autoencoder of curves and faces for "
                    + "these, else mnist-autoencoder).")
    private Optional<String> model = Optional.empty();

    @Option(names = "--l2", paramLabel = "ETA", description = "L2 penalty, instead of the model's.")
    private Optional<Double> l2 = Optional.empty();

    @Option(names = "--precision", paramLabel = "P", description = "float32 or float64 (default: float32).")
    private Precision precision = Precision.FLOAT32;

    @Option(
            names = "--initialization",
            paramLabel = "INIT",
            description = "First parameters: glorot, fan-in or sparse (default: glorot).")
    private Initialization initialization = Initialization.GLOROT;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of everything random (default: 1).")
    private long seed = 1;

    String data() {
        return data;
    }

    long seed() {
        return seed;
    }

    Precision precision() {
        return precision;
    }

    Initialization initialization() {
        return initialization;
    }

    ModelSpec model() {
        ModelSpec spec = model.map(ProblemOptions::named).orElseGet(() -> defaultModel(DataSource.named(data)));
        return l2.isEmpty() ? spec : spec.withL2(Checks.notNegative("--l2", l2.get()));
    }

    private static ModelSpec defaultModel(DataSource source) {
        return switch (source) {
            case Excerpt excerpt -> defaultModel(excerpt.whole());
            case ProblemSource problem -> RecurrentModels.of(problem);
            case Digits digits -> Presets.named("digits-classifier");
            case CifarFolder folder -> Presets.named("cifar-resnet32");
            case Curves curves -> Presets.named("curves-autoencoder");
            case Faces faces -> Presets.named("faces-autoencoder");
            case IdxFolder folder -> Presets.named("mnist-autoencoder");
        };
    }

    private static ModelSpec named(String name) {
        if (Presets.names().contains(name)) {
            return Presets.named(name);
        }
        if (name.endsWith(".json") || isFile(name)) {
            return ModelJson.read(Path.of(name));
        }
        throw new InputException("unknown model '" + name + "', expected one of "
                + String.join(", ", Presets.names()) + ", or a JSON file");
    }

    private static boolean isFile(String name) {
        try {
            return Files.exists(Path.of(name));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
