package io.quadric.verify;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.verify.Mutant.Fate;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Faults in the sources of nn against the laws alone. The short form has the faults that the laws have once missed,
/// and one planted by rule; the long one (`-Dquadric.torture=true`) plants one by each rule in every line of the
/// layers, cells and losses that it fits, or as many of these as `-Dquadric.mutants.count` says, drawn by the seed
/// `quadric.torture.seed`, in the files whose names contain `quadric.mutants`. What survived is in
/// `target/mutants.txt`.
class MutationTest {
    /// A text and what takes its place: signs, factors, transposes, sums instead of values, indices.
    private static final Map<String, String> RULES = Map.ofEntries(
            Map.entry(" \\+ (?!\")", " - "), Map.entry(" - ", " + "), Map.entry(" \\* ", " / "),
            Map.entry("\\.t\\(\\)", ""), Map.entry("\\(-1, ", "(1, "), Map.entry("\\(1, ", "(-1, "),
            Map.entry("scale\\(-1\\)", "scale(1)"), Map.entry("\\.ADD\\.", ".SET."), Map.entry("\\.SET\\.", ".ADD."),
            Map.entry("1\\.0 / ", "2.0 / "), Map.entry("0\\.5", "1"), Map.entry("i \\+ 1", "i"),
            Map.entry("t \\+ 1", "t"), Map.entry("t - 1", "t"),
            Map.entry("^( +)(\\w+\\.)+\\w+\\(.*\\);$", "$1;"));

    /// What counts operations, and what has no code.
    private static final Set<String> NO_DERIVATIVES = Set.of("layer/MultiplyAdds.java", "layer/package-info.java",
            "loss/package-info.java", "recurrent/package-info.java");

    private static final boolean LONG = Boolean.getBoolean("quadric.torture");
    private static final int FEW = 1;
    private static final Duration LIMIT = Duration.ofSeconds(120);

    /// Lines that change nothing but speed or messages survive; which ones is seen in the file.
    private static final double MOST_SURVIVORS = LONG ? 0.15 : 0.5;

    @TempDir
    private Path directory;

    static List<Mutant> onceMissed() {
        return List.of(
                Mutant.of("NormalizationStatistics.java", "mean.axpby(weight, here, 1 - weight)",
                        "mean.axpby(1, here, 0)"),
                Mutant.of("loss/ConvexifiedLoss.java", "eigenvalue - Math.min(0, smallest)",
                        "eigenvalue + Math.min(0, smallest)"),
                Mutant.of("KfraFactors.java", "new Gemm(1.0 / at.cases(), 0).syrk", "new Gemm(1, 0).syrk"),
                Mutant.of("StructuralTerm.java", "this.strength = damping.strength()", "this.strength = 1"),
                Mutant.of("loss/SoftmaxCrossEntropy.java", "Elementwise.softmaxGradient(p, mass, t, dz, ws)",
                        "Elementwise.softmaxGradient(p, mass.copy().fill(1), t, dz, ws)"));
    }

    @ParameterizedTest
    @MethodSource("onceMissed")
    void whatWasMissedIsCaught(Mutant mutant) throws IOException {
        assertEquals(Fate.KILLED, mutant.fate(directory), mutant::toString);
    }

    /// Otherwise every mutant would be killed.
    @Test
    void theSourceItselfIsNotKilled() throws IOException {
        String file = "loss/SquaredError.java";
        assertEquals(Fate.SURVIVED, new Mutant(file, 0, Mutant.lines(file).getFirst()).fate(directory));
    }

    @Test
    void faultsByRule() throws IOException {
        Map<Fate, Integer> counts = new EnumMap<>(Fate.class);
        List<String> survivors = new ArrayList<>();
        List<Mutant> mutants = drawn();
        for (int i = 0; i < mutants.size(); i++) {
            Mutant mutant = mutants.get(i);
            Fate fate = mutant.fateWithin(LIMIT, Files.createDirectory(directory.resolve("mutant-" + i)));
            counts.merge(fate, 1, Integer::sum);
            if (fate == Fate.SURVIVED) {
                survivors.add(mutant.toString());
            }
            write(counts, survivors);
        }
        assertTrue(survivors.size() <= mutants.size() * MOST_SURVIVORS, () -> String.join("\n", survivors));
    }

    /// After every mutant, since there may be hours of them.
    private static void write(Map<Fate, Integer> counts, List<String> survivors) throws IOException {
        List<String> lines = new ArrayList<>(survivors);
        lines.addFirst(counts.toString());
        Files.createDirectories(Path.of("target"));
        Files.write(Path.of("target", "mutants.txt"), lines);
    }

    /// All, or some of them in an order that the seed decides.
    private static List<Mutant> drawn() throws IOException {
        List<Mutant> mutants = byRule();
        Collections.shuffle(mutants, new Random(Long.getLong("quadric.torture.seed", 1)));
        int count = Integer.getInteger("quadric.mutants.count", LONG ? mutants.size() : FEW);
        return mutants.subList(0, Math.min(count, mutants.size()));
    }

    private static List<Mutant> byRule() throws IOException {
        String chosen = System.getProperty("quadric.mutants", "");
        List<Mutant> mutants = new ArrayList<>();
        for (String folder : List.of("layer", "loss", "recurrent")) {
            try (Stream<Path> files = Files.list(Path.of("../nn/src/main/java/io/quadric/nn", folder))) {
                files.map(file -> folder + "/" + file.getFileName())
                        .filter(file -> !NO_DERIVATIVES.contains(file) && file.contains(chosen)).sorted()
                        .forEach(file -> addMutants(file, mutants));
            }
        }
        return mutants;
    }

    private static void addMutants(String file, List<Mutant> mutants) {
        List<String> lines = Mutant.lines(file);
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i);
            if (line.strip().startsWith("///") || line.startsWith("import") || line.contains("\"")) {
                continue;
            }
            for (Map.Entry<String, String> rule : RULES.entrySet()) {
                Matcher matcher = Pattern.compile(rule.getKey()).matcher(line);
                if (matcher.find()) {
                    mutants.add(new Mutant(file, i, matcher.replaceFirst(rule.getValue())));
                }
            }
        }
    }
}
