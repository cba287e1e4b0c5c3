package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.quadric.verify.Mutant.Fate;
import io.quadric.verify.MutationRule.Planted;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Faults in the sources of nn against the laws alone. The short form has the faults that the laws have once missed,
/// and one planted by rule; the long one (`-Dquadric.torture=true`) plants one by each rule in every line of the
/// layers, cells and losses that it fits, or as many of these as `-Dquadric.mutants.count` says, drawn by the seed
/// `quadric.torture.seed`, of those in whose places, such as `loss/SquaredError.gradient MINUS`, the regular expression
/// `quadric.mutants` is found. What survives must be in `equivalent-mutants.txt`, and what is there must survive.
/// `target/mutants.txt` has the counts and the survivors.
class MutationTest {
    /// What counts operations, and what has no code.
    private static final Set<String> NO_DERIVATIVES = Set.of("layer/MultiplyAdds.java", "layer/package-info.java",
            "loss/package-info.java", "recurrent/package-info.java");

    private static final boolean LONG = Boolean.getBoolean("quadric.torture");
    private static final Pattern CHOSEN = Pattern.compile(
            System.getProperty("quadric.mutants", LONG ? "" : "loss/SoftmaxCrossEntropy"));
    private static final int COUNT = Integer.getInteger("quadric.mutants.count", LONG ? Integer.MAX_VALUE : 1);
    private static final Duration LIMIT = Duration.ofMinutes(5);

    @TempDir
    private Path directory;

    /// Each with a layer or loss that shows it.
    static List<Arguments> onceMissed() {
        return List.of(
                Arguments.of("layer/BatchNormalizationLayer", Mutant.of("NormalizationStatistics.java",
                        "mean.axpby(weight, here, 1 - weight)", "mean.axpby(1, here, 0)")),
                Arguments.of("loss/ConvexifiedLoss", Mutant.of("loss/ConvexifiedLoss.java",
                        "eigenvalue - Math.min(0, smallest)", "eigenvalue + Math.min(0, smallest)")),
                Arguments.of("loss/SoftmaxCrossEntropy", Mutant.of("KfraFactors.java",
                        "new Gemm(1.0 / at.cases(), 0).syrk", "new Gemm(1, 0).syrk")),
                Arguments.of("recurrent/RecurrentLayer", Mutant.of("StructuralTerm.java",
                        "this.strength = damping.strength()", "this.strength = 1")),
                Arguments.of("loss/SoftmaxCrossEntropy", Mutant.of("loss/SoftmaxCrossEntropy.java",
                        "Elementwise.softmaxGradient(p, mass, t, dz, ws)",
                        "Elementwise.softmaxGradient(p, mass.copy().fill(1), t, dz, ws)")));
    }

    @ParameterizedTest
    @MethodSource("onceMissed")
    void whatWasMissedIsCaught(String user, Mutant mutant) throws IOException {
        assertEquals(Fate.KILLED, mutant.fate(directory, user), mutant::toString);
    }

    /// Otherwise every mutant would be killed.
    @Test
    void theSourceItselfIsNotKilled() throws IOException {
        String file = "loss/SoftmaxCrossEntropy.java";
        assertEquals(Fate.SURVIVED, new Mutant(file, 0, Mutant.lines(file).getFirst()).fate(directory));
    }

    @Test
    void faultsByRule() throws IOException {
        List<Planted> left = byRule();
        List<Planted> drawn = left.stream().filter(planted -> CHOSEN.matcher(planted.place()).find()).limit(COUNT)
                .toList();
        left.removeAll(drawn);
        Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
        List<Planted> survivors = new ArrayList<>();
        for (int i = 0; i < drawn.size(); i++) {
            Planted planted = drawn.get(i);
            Fate fate = planted.mutant().fateWithin(LIMIT, Files.createDirectory(directory.resolve("mutant-" + i)));
            counts.merge(fate, 1, Integer::sum);
            if (fate == Fate.SURVIVED) {
                survivors.add(planted);
            }
            write(counts, survivors);
        }
        Set<String> whole = files(drawn);
        whole.removeAll(files(left));
        assertEquals(List.of(), new EquivalentMutants().unlike(survivors, whole));
    }

    private static Set<String> files(List<Planted> some) {
        return some.stream().map(planted -> planted.mutant().file()).collect(Collectors.toCollection(HashSet::new));
    }

    /// After every mutant, since there may be hours of them.
    private static void write(Map<Fate, Integer> counts, List<Planted> survivors) throws IOException {
        List<String> lines = new ArrayList<>(List.of(counts.toString()));
        survivors.forEach(survivor -> lines.add(survivor.toString()));
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "mutants.txt"), lines);
    }

    /// In an order that the seed decides.
    private static List<Planted> byRule() throws IOException {
        List<Planted> mutants = new ArrayList<>();
        for (String folder : List.of("layer", "loss", "recurrent")) {
            try (Stream<Path> files = Files.list(Path.of("../nn/src/main/java/io/quadric/nn", folder))) {
                files.map(file -> folder + "/" + file.getFileName())
                        .filter(file -> !NO_DERIVATIVES.contains(file)).sorted()
                        .forEach(file -> mutants.addAll(MutationRule.everywhere(file)));
            }
        }
        Collections.shuffle(mutants, new Random(Long.getLong("quadric.torture.seed", 1)));
        return mutants;
    }
}
