package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The packages of a module are in an order, and none uses a package after it, nor one beside it. So there is no circle
/// of packages.
class PackageOrderTest {
    /// The packages of a module from the bottom up; packages in one string are beside each other.
    private static final Map<String, List<String>> ORDER = Map.of(
            "linalg", List.of(
                    "linalg.internal.kernel",
                    "linalg.internal.blocked",
                    "linalg.internal.scalar",
                    "linalg.internal.simd",
                    "linalg.internal",
                    "linalg.internal.product",
                    "linalg.internal.factor",
                    "linalg.internal.eigen",
                    "linalg.internal.root",
                    "linalg",
                    "linalg.operator",
                    "linalg.analysis linalg.solver"),
            "nn", List.of("nn.registry", "nn.layer", "nn.loss nn.recurrent", "nn", "nn.chunk"),
            "optim", List.of(
                    "optim",
                    "optim.curvature",
                    "optim.internal",
                    "optim.step",
                    "optim.firstorder optim.gram optim.hessianfree optim.kronecker "
                            + "optim.quasinewton optim.tensor",
                    "optim.recipe"),
            "engine", List.of(
                    "engine engine.metric engine.proto engine.split",
                    "engine.data.problem engine.file engine.table",
                    "engine.array engine.image engine.prepare engine.table.file",
                    "engine.cases",
                    "engine.cases.shard",
                    "engine.data",
                    "engine.train",
                    "engine.json engine.report",
                    "engine.checkpoint engine.fixtures engine.model engine.tensorboard",
                    "engine.html engine.learn engine.onnx",
                    "engine.experiment",
                    "engine.experiment.measure",
                    "engine.experiment.paper",
                    "engine.cli.output",
                    "engine.cli.option",
                    "engine.cli"));

    /// More files than that are two concepts.
    private static final int MOST_FILES = 32;

    /// Two packages of the public interface have more: each is one concept, and its types do not fall into two.
    private static final Set<String> LARGE = Set.of("linalg", "nn.layer");

    /// The data of linalg, which its internal packages compute with: the one exception.
    private static final Set<String> DATA = Set.of("Matrix", "Vector", "Precision", "Workspace", "GemmOperand",
            "Transpose", "MatrixBatch", "Window", "ElementaryFunction", "FunctionPoint", "RootDivision");

    private static final Pattern COMMENT = Pattern.compile("^\\s*//.*$", Pattern.MULTILINE);
    private static final Pattern PACKAGE = Pattern.compile("^package io\\.quadric\\.([\\w.]+);", Pattern.MULTILINE);
    private static final Pattern TYPE = Pattern.compile("\\bio\\.quadric\\.([a-z]\\w*(?:\\.[a-z]\\w*)*)\\.([A-Z]\\w*)");

    /// A file and the types of this build that its code names with their packages, as imports do.
    private record Source(String type, String inPackage, Set<MatchResult> uses) {
        static Source of(Path file) {
            String text = COMMENT.matcher(Sources.read(file)).replaceAll("");
            String name = file.getFileName().toString().replace(".java", "");
            String inPackage = PACKAGE.matcher(text).results().findFirst().map(m -> m.group(1)).orElse("");
            return new Source(name, inPackage, Set.copyOf(TYPE.matcher(text).results().toList()));
        }
    }

    private static List<Source> sources(String module) throws IOException {
        return Sources.files(Sources.ROOT.resolve(module).resolve("src/main/java"), ".java").stream()
                .filter(f -> !f.endsWith("module-info.java")).map(Source::of).toList();
    }

    /// The place in the order, −1 for a package of another module.
    private static int level(String module, String inPackage) {
        List<String> order = ORDER.get(module);
        for (int i = 0; i < order.size(); i++) {
            if (List.of(order.get(i).split(" ")).contains(inPackage)) {
                return i;
            }
        }
        return -1;
    }

    @ParameterizedTest
    @ValueSource(strings = {"linalg", "nn", "optim", "engine"})
    void everyPackageHasAPlace(String module) throws IOException {
        Set<String> listed = new TreeSet<>();
        ORDER.get(module).forEach(peers -> listed.addAll(Arrays.asList(peers.split(" "))));
        Set<String> existing = new TreeSet<>();
        sources(module).forEach(source -> existing.add(source.inPackage));
        assertEquals(existing, listed);
    }

    @ParameterizedTest
    @ValueSource(strings = {"linalg", "nn", "optim", "verify", "engine"})
    void noPackageHasTooManyFiles(String module) throws IOException {
        Map<String, Long> sizes = sources(module).stream()
                .collect(Collectors.groupingBy(Source::inPackage, Collectors.counting()));
        sizes.keySet().removeAll(LARGE);
        sizes.values().removeIf(files -> files <= MOST_FILES);
        assertEquals(Map.of(), sizes);
    }

    @Test
    void noPackageUsesOneAfterItOrBesideIt() throws IOException {
        Set<String> offenders = new TreeSet<>();
        for (String module : ORDER.keySet()) {
            for (Source source : sources(module)) {
                source.uses.stream().filter(use -> offends(module, source.inPackage, use)).forEach(use -> offenders
                        .add(source.inPackage + "." + source.type + " uses " + use.group(1) + "." + use.group(2)));
            }
        }
        assertEquals(Set.of(), offenders);
    }

    private static boolean offends(String module, String from, MatchResult use) {
        String to = use.group(1);
        boolean data = to.equals("linalg") && from.startsWith("linalg.internal") && DATA.contains(use.group(2));
        return !to.equals(from) && !data && level(module, to) >= level(module, from);
    }
}
