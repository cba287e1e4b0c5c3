package io.quadric.engine.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.engine.experiment.Experiment.Scale;
import io.quadric.engine.experiment.Experiment.Size;
import io.quadric.engine.train.BatchRequest;
import io.quadric.engine.train.BatchSizes;
import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// The settings of the experiments against the tables of the papers.
class PublishedSettingsTest {
    private static Entry entry(String experiment, String label) {
        return ((Experiment) Experiments.ALL.get(experiment))
                .entries().apply(new Scale(Size.PUBLISHED, "data")).stream()
                .filter(entry -> entry.label().equals(label))
                .findFirst()
                .orElseThrow();
    }

    /// The curvature batch drawn from the gradient batch.
    private static BatchRequest within(int gradient, int curvature) {
        return new BatchRequest(OptionalInt.of(gradient), OptionalInt.of(curvature), OptionalInt.empty(),
                Optional.of(BatchSizes.Pool.GRADIENT_BATCH), 1);
    }

    private static Map<String, String> settings(Entry entry) {
        return HyperParameters.of(entry.method().optimizer()).stream()
                .collect(Collectors.toMap(HyperParameter::name, HyperParameter::value));
    }

    private static void assertSet(String experiment, String label, String... published) {
        Map<String, String> settings = settings(entry(experiment, label));
        for (String setting : published) {
            String[] parts = setting.split("=");
            String got = settings.get(parts[0]);
            boolean number = parts[1].matches("[-+.0-9eE]+");
            assertEquals(number ? Double.valueOf(parts[1]) : parts[1], number ? Double.valueOf(got) : got,
                    experiment + ", " + label + ": " + parts[0]);
        }
    }

    /// Ren (2022), Tables 3.5, 4.3 and 4.5: learning rate and damping.
    @ParameterizedTest
    @CsvSource(textBlock = """
            mnist-autoencoder,  K-BFGS,    0.03,  0.3
            mnist-autoencoder,  K-BFGS(L), 0.03,  0.3
            mnist-autoencoder,  KFAC,      0.03,  1
            mnist-autoencoder,  TNT,       1e-4,  0.1
            mnist-autoencoder,  Shampoo,   3e-4,  3e-4
            mnist-autoencoder,  Adam,      1e-4,  1e-4
            mnist-autoencoder,  SGD-m,     0.003,
            faces-autoencoder,  K-BFGS,    0.03,  1
            faces-autoencoder,  K-BFGS(L), 0.03,  1
            faces-autoencoder,  KFAC,      0.01,  0.1
            faces-autoencoder,  TNT,       1e-6,  0.003
            faces-autoencoder,  Shampoo,   3e-4,  3e-4
            faces-autoencoder,  Adam,      1e-4,  1e-4
            faces-autoencoder,  SGD-m,     0.001,
            curves-autoencoder, K-BFGS,    0.03,  0.3
            curves-autoencoder, K-BFGS(L), 0.1,   3
            curves-autoencoder, KFAC,      0.3,   30
            curves-autoencoder, TNT,       3e-6,  0.01
            curves-autoencoder, Shampoo,   3e-4,  3e-4
            curves-autoencoder, Adam,      1e-3,  1e-3
            curves-autoencoder, SGD-m,     0.003,
            kbfgs-ablation,     K-BFGS,    0.03,  0.3
            kbfgs-ablation,     K-BFGS-20, 0.01,  0.1
            tnt-ef,             TNT,       1e-4,  0.1
            tnt-ef,             TNT-EF,    3e-6,  0.01
            tnt-ef,             KFAC,      0.03,  1
            tnt-ef,             KFAC-EF,   1,     100
            """)
    void ratesAndDampings(String experiment, String label, String rate, String damping) {
        assertSet(experiment, label, "learningRate=" + rate);
        if (damping != null) {
            boolean epsilon = label.matches("TNT.*|Shampoo|Adam");
            assertSet(experiment, label, (epsilon ? "epsilon=" : "damping=") + damping);
        }
        assertEquals(OptionalInt.of(1000), entry(experiment, label).sizes().gradient());
        assertEquals(0, entry(experiment, label).model().model().l2());
    }

    /// Ren (2022), §3.7.2, Algorithms 9 and 12, §4.7.1 and §4.7.2.
    @ParameterizedTest
    @CsvSource({"mnist-autoencoder", "faces-autoencoder", "curves-autoencoder"})
    void whatTheMethodsShare(String experiment) {
        assertSet(experiment, "Adam", "beta1=0.9", "beta2=0.999");
        assertSet(experiment, "SGD-m", "momentum=0.9", "nesterov=false");
        assertSet(experiment, "K-BFGS", "momentum=0.9", "averaged=false", "decay=0.9", "mu1=0.2", "memory=0",
                "curvaturePeriod=1", "pairDamping=powell-lm");
        assertSet(experiment, "K-BFGS(L)", "momentum=0.9", "decay=0.9", "mu1=0.2", "memory=100");
        assertSet(experiment, "KFAC", "momentum=0.9", "averaged=false", "statisticsDecay=0.9", "statisticsPeriod=1",
                "inversePeriod=20", "piDamping=true", "source=sampled");
        for (String tensors : new String[]{"TNT", "Shampoo"}) {
            assertSet(experiment, tensors, "momentum=0.9", "statisticsDecay=0.9", "statisticsPeriod=1",
                    "inversePeriod=20");
        }
    }

    /// Ren (2022), Table 2.5 and §2.8.2.
    @Test
    void chapterTwo() {
        assertSet("mnist-autoencoder-demo", "K-BFGS", "learningRate=0.3", "damping=0.3", "averaged=true");
        assertSet("mnist-autoencoder-demo", "KFAC", "learningRate=1", "damping=3", "averaged=true", "piDamping=false");
        assertEquals(1e-5, entry("mnist-autoencoder-demo", "KFAC").model().model().l2());
    }

    /// Ren (2022), §5.8: S₂ is drawn from S₁ (Algorithm 23).
    @ParameterizedTest
    @CsvSource({"SMW-GN", "SMW-NG", "SMW-NG-BD"})
    void chapterFive(String label) {
        assertSet("mnist-smw", label, "learningRate=0.1", "lambdaLM=1", "boost=1.01", "drop=0.99", "epsilon=0.25",
                "tau=0.001");
        BatchRequest sizes = within(60, 30);
        assertEquals(sizes, entry("mnist-smw", label).sizes());
        assertEquals(sizes, entry("mnist-smw", "HF").sizes());
        assertSet("mnist-smw", "HF", "lambda=1", "boost=1.01", "drop=0.99");
        assertSet("mnist-smw", "KFAC", "learningRate=0.1", "damping=1", "dampingPeriod=1", "boost=1.01", "drop=0.99",
                "epsilon=0.25", "tau=0.001", "momentum=0");
        assertSet("mnist-smw", "SGD", "learningRate=0.1");
    }

    /// Ren (2022), §5.8, Figures 5.2 and 5.3.
    @ParameterizedTest
    @CsvSource({"cifar-smw, 100, 0.01, 0.01, 0.01", "webspam-smw, 60, 0.05, 0.1, 0.4"})
    void chapterFiveOnOtherData(String experiment, int batch, String gaussNewton, String natural, String sgd) {
        BatchRequest sizes = within(batch, batch / 2);
        for (String label : new String[]{"SMW-GN", "HF"}) {
            assertSet(experiment, label, "learningRate=" + gaussNewton);
            assertEquals(sizes, entry(experiment, label).sizes());
        }
        for (String label : new String[]{"SMW-NG", "SMW-NG-BD"}) {
            assertSet(experiment, label, "learningRate=" + natural);
            assertEquals(sizes, entry(experiment, label).sizes());
        }
        assertSet(experiment, "KFAC", "learningRate=" + natural, "damping=1", "dampingPeriod=1", "momentum=0");
        assertSet(experiment, "SGD", "learningRate=" + sgd, "momentum=0");
    }

    /// Zhang et al. (2017), §4.1: the curvature batch is drawn from the gradient batch (Algorithm 1).
    @Test
    void blockDiagonalHessianFree() {
        for (String label : new String[]{"HF", "block-diagonal HF"}) {
            assertSet("mnist-autoencoder-hf", label, "learningRate=0.1", "damping=0", "maxIterations=30", "zeta=0.95");
            assertEquals(within(6000, 1500), entry("mnist-autoencoder-hf", label).sizes());
        }
        assertSet("mnist-autoencoder-hf", "Adam, large batches", "learningRate=0.001", "beta1=0.9", "beta2=0.999",
                "epsilon=1e-8");
    }

    /// Martens & Sutskever (2012), §13: the gradient on more data than the curvature, the second method and Krylov
    /// subspace descent with a third batch, the third method with one batch.
    @Test
    void hessianFreeAblation() {
        assertEquals(within(5000, 1000), entry("hf-ablation", "original").sizes());
        for (String label : new String[]{"second method", "Krylov subspace descent"}) {
            assertEquals(OptionalInt.of(1000), entry("hf-ablation", label).sizes().evaluation());
            assertEquals(OptionalInt.of(1000), entry("hf-ablation", label).sizes().curvature());
        }
        assertEquals(new BatchRequest(OptionalInt.of(1000)), entry("hf-ablation", "third method").sizes());
    }
}
