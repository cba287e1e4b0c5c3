package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.engine.data.IdxFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Bad input ends in a line with exit code 2, and leaves the files that were to be written as they were.
class BadInputTest {
    private static final List<String> OUTPUTS = List.of("run.log", "run.ckpt", "curves.csv", "curves.png");
    private static final String OLD = "old";

    @TempDir
    private Path temp;

    private Path data;

    @BeforeEach
    void prepare() throws IOException {
        data = Files.createDirectory(temp.resolve("data"));
        IdxFiles.folder(data, 4, 2);
        for (String name : OUTPUTS) {
            Files.writeString(temp.resolve(name), OLD);
        }
    }

    @AfterEach
    void nothingIsHalfWritten() throws IOException {
        for (String name : OUTPUTS) {
            assertEquals(OLD, Files.readString(temp.resolve(name)), name);
        }
        try (var left = Files.list(temp)) {
            assertEquals(0, left.filter(file -> file.toString().endsWith(".tmp")).count());
        }
    }

    private void refused(String options, String complaint) {
        train(options).isRefused(complaint);
        Quadric.line("compare --out " + temp + " --optimizers sgd" + options).isRefused(complaint);
    }

    private Quadric train(String options) {
        return Quadric.line(
                "train --overwrite --log " + temp.resolve("run.log") + " --save " + temp.resolve("run.ckpt") + options);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            adam --curvature-batch-size 5 | --curvature-batch-size is given, but adam looks at no such batch
            kfac --curvature-pool all | --curvature-pool is given, but kfac looks at no such batch
            hessian-free-momentum --curvature-pool all | --curvature-pool is given without --curvature-batch-size
            hessian-free --evaluation-batch-size 9 | expected one of hessian-free-early, krylov-subspace-descent
            krylov-subspace-descent --set searchBatch=gradient --evaluation-batch-size 9 | looks at no such batch
            sgd --chunk-memory 9 | expected --chunk-size with it
            smw-gn --chunk-size 100 | cannot be had in chunks
            kfra --chunk-size 100 | the recursion of KFRA is no mean over cases
            sgd --master local[2] | --master: batches are whole, expected --chunk-size
            sgd --master local[2] --chunk-size 100 | --master: chunks of 100 cases are as large as the batches
            sgd --master local[2] --chunk-size 10 --chunk-memory 9 | --chunk-memory cannot be given with --master
            sgd --master local[2] --chunk-size 10 | --master: the jars of Apache Spark are not on the class path
            """)
    void anOptionOfBatchesWithoutEffectIsNamed(String options, String complaint) {
        train(" --optimizer " + options).isRefused(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            --batch-size -3           | --batch-size is -3, expected a whole number of at least 1
            --batch-size 0            | --batch-size is 0, expected a whole number of at least 1
            --batch-size ten          | '--batch-size'
            --chunk-size -1           | --chunk-size is -1, expected a whole number of at least 0
            --curvature-batch-size -1 | --curvature-batch-size is -1, expected a whole number of at least 0
            --evaluation-batch-size 9 | expected one of hessian-free-early, krylov-subspace-descent
            --threads 0               | --threads is 0, expected a whole number from 1 to 1024
            --threads 100000          | --threads is 100000, expected a whole number from 1 to 1024
            --epochs -1               | --epochs is -1, expected a whole number of at least 0
            --steps -1                | --steps is -1, expected a whole number of at least 0
            --seconds NaN             | --seconds is NaN, expected a finite number of at least 0
            --seconds -1              | --seconds is -1.0, expected a finite number of at least 0
            --eval-every 0            | --eval-every is 0, expected a whole number of at least 1
            --l2 -1                   | --l2 is -1.0, expected a finite number of at least 0
            --l2 NaN                  | --l2 is NaN, expected a finite number of at least 0
            --precision float16       | 'float16' given, expected one of float32, float64
            --initialization zero     | unknown initialization 'zero', expected one of glorot, fan-in, sparse
            --initialization glorot;0 | '0' in 'glorot;0', expected the name of a layer or an array, =, and
            --initialization glorot;8=glorot | no array is named '8', expected one of [0.weight, 0.bias,
            --initialization orthogonal,factor=0 | factor must be positive and finite, got 0.0
            --model nonsense          | unknown model 'nonsense', expected one of digits-classifier,
            --model nowhere.json      | nowhere.json: no such file, expected a model in JSON
            --data nowhere            | nowhere: no such file or folder, expected one of digits,
            --model mnist-autoencoder | model mnist-autoencoder: the model takes
            --optimiser sgd           | unknown option
            --set learningRate        | learningRate
            --epochs                  | --epochs
            """)
    void anOptionOutOfRangeIsNamed(String options, String complaint) {
        refused(" " + options, complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    --optimizer sdg | unknown optimizer 'sdg', expected one of quadric, hessian-free,
                    --optimizer sgd --set rate=1                     | unknown hyper-parameter 'rate', expected one of
                    --optimizer sgd --set learningRate=fast          | 'fast' given, expected a number
                    --optimizer sgd --set learningRate=-1            | learningRate is -1.0, expected a finite number
                    --optimizer sgd --set learningRate=NaN           | learningRate is NaN, expected a finite number
                    --optimizer hessian-free --set maxIterations=2.5 | '2.5' given, expected a whole number
                    --optimizer hessian-free --set maxIterations=0 | maxIterations is 0, expected a whole number from 1
                    --optimizer kfac --set source=guessed | 'guessed' given, expected sampled | exact | empirical
                    """)
    void aMethodOrHyperParameterThatDoesNotExistIsNamed(String options, String complaint) {
        train(" " + options).isRefused(complaint);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|',
            textBlock = """
                    --optimizers sdg,adam                   | unknown optimizer 'sdg', expected one of quadric,
                    --optimizers adam --set beta1=0.5 | --set beta1=0.5, expected OPTIMIZER.NAME=VALUE with one of
                    --optimizers adam --set sgd.momentum=0 | --set sgd.momentum=0, expected OPTIMIZER.NAME=VALUE
                    --optimizers adam --set adam.speed=1    | unknown hyper-parameter 'speed', expected one of
                    """)
    void aComparedMethodThatDoesNotExistIsNamed(String options, String complaint) {
        Quadric.line("compare --out " + temp + " " + options).isRefused(complaint);
    }

    @Test
    void aFileThatIsNoDataIsNamed() throws IOException {
        Path images = data.resolve("train-images-idx3-ubyte");
        byte[] good = Files.readAllBytes(images);
        Files.write(images, Arrays.copyOf(good, good.length - 1));
        refused(" --data " + data, images + ": truncated, 23 bytes of data, expected 24");
        Files.writeString(images, "P5 28 28 255 and so on");
        refused(" --data " + data, images + ": magic number 0x50352032, expected 0x00000803");
        Files.delete(images);
        refused(" --data " + data, images + ": no such file, expected it plain or as .gz");
    }

    @Test
    void labelsThatDoNotFitAreNamed() throws IOException {
        Path model = model("3", "softmax-cross-entropy", "labels");
        Path labels = IdxFiles.write(data.resolve("train-labels-idx1-ubyte"), IdxFiles.bytes(new byte[5], 5));
        refused(" --data " + data + " --model " + model, labels + ": 5 labels, expected 4, one for each image");
        IdxFiles.write(labels, IdxFiles.bytes(new byte[]{0, 1, 2, 3}, 4));
        refused(" --data " + data + " --model " + model, labels + ": label 3 of case 3, expected 0 to 2");
    }

    private Path model(String units, String loss, String targets) throws IOException {
        return Files.writeString(temp.resolve("model.json"), """
                {"network": {"input": {"vector": 6}, "layers": [{"type": "dense", "units": %s}]},
                 "loss": "%s", "targets": "%s"}""".formatted(units, loss, targets));
    }

    @Test
    void aModelThatCannotBeReadOrDoesNotFitIsNamed() throws IOException {
        String fit = " --data " + data + " --model ";
        refused(fit + model("-3", "softmax-cross-entropy", "labels"), "model.json: -3 at network.layers[0].units");
        refused(fit + model("3", "nonsense", "labels"), "unknown loss 'nonsense'");
        refused(fit + model("3", "squared-error", "inputs"), "targets of 6 values");
        refused(fit + model("6,", "squared-error", "inputs"), "model.json: not JSON");
        refused(fit + temp, "cannot be read, expected a model in JSON");
    }

    @Test
    void anOutputThatCannotBeWrittenIsNamed() throws IOException {
        Path nowhere = temp.resolve("nowhere").resolve("file");
        Quadric.run("train", "--log", nowhere.toString()).isRefused("--log: " + nowhere + ": there is no folder");
        Quadric.run("train", "--save", nowhere.toString()).isRefused("--save: " + nowhere + ": there is no folder");
        Quadric.run("train", "--save", temp.toString()).isRefused("--save: " + temp + ": a folder, expected a file");
        String same = temp.resolve("run.log").toString();
        Quadric.run("train", "--log", same, "--save", temp + "/data/../run.log").isRefused("expected different files");
        Quadric.run("compare", "--out", same).isRefused("--out: " + same);
    }

    /// One pixel is one target of the mixture.
    @Test
    void aMethodThatTheLossDoesNotFitIsNamed() throws IOException {
        IdxFiles.write(data.resolve("train-images-idx3-ubyte"), IdxFiles.bytes(IdxFiles.count(4), 4, 1, 1));
        IdxFiles.write(data.resolve("t10k-images-idx3-ubyte"), IdxFiles.bytes(IdxFiles.count(2), 2, 1, 1));
        Path model = Files.writeString(temp.resolve("model.json"), """
                {"network": {"input": {"vector": 1}, "layers": [{"type": "dense", "units": 3}]},
                 "loss": "binary-mixture", "targets": "inputs"}""");
        String problem = " --data " + data + " --model " + model + " --optimizer ";
        train(problem + "kfac --set source=exact").isRefused("the exact source needs a convex loss");
        train(problem + "kflr").isRefused("the exact source needs a convex loss");
        train(problem + "smw-gn").isRefused("SMW-GN needs a convex loss");
        Quadric.line("compare --out " + temp + problem.replace("--optimizer", "--optimizers") + "adam,kflr")
                .isRefused("kflr: the exact source needs a convex loss");
    }

    @Test
    void aCommandIsNeeded() {
        Quadric.run().isRefused("no command given, expected one of train, predict");
        Quadric.run("trian").isRefused("trian");
        Quadric.run("optimizers", "sdg").isRefused("unknown optimizer 'sdg', expected one of quadric, hessian-free,");
    }
}
