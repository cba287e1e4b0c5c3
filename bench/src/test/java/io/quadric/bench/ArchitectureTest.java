package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/// The promises of the architecture that no compiler keeps. They are tested in the last module, when all others are
/// built.
class ArchitectureTest {
    private static final List<String> LIGHT = List.of("linalg", "nn", "optim");
    private static final int LIGHT_BYTES = 1_000_000;

    /// A module and the modules of ours that its descriptor requires, the first of them transitively.
    private static final Map<String, List<String>> REQUIRES = Map.of(
            "linalg", List.of(),
            "nn", List.of("linalg"),
            "optim", List.of("nn"),
            "verify", List.of("optim"),
            "engine", List.of("optim", "verify"));

    private static final Pattern VECTOR_API = Pattern.compile(
            "^\\s*import\\s+(?:static\\s+|module\\s+)?jdk\\.incubator"
                    + "|^(?!\\s*(?://|\\*|/\\*)).*jdk\\.incubator\\.vector\\.[A-Z]",
            Pattern.MULTILINE);

    private static final Pattern LOCALE = Pattern.compile(
            "String\\.format\\((?!\\s*Locale\\.)|\\.printf\\((?!\\s*Locale\\.)|\\.formatted\\("
                    + "|\\.to(?:Upper|Lower)Case\\(\\)|ProcessBuilder|Runtime\\.getRuntime\\(\\)\\.exec");

    /// Digits and letters of the user's language would make logs and JSON that no machine reads, and a program started
    /// in whatever folder one is in obeys that folder's configuration.
    @Test
    void nothingDependsOnTheLocaleOrStartsProcesses() throws IOException {
        List<String> offenders = Stream.of("linalg", "nn", "optim", "verify", "engine", "bench")
                .flatMap(module -> mainSources(module).stream())
                .filter(file -> LOCALE.matcher(Sources.read(file)).find())
                .map(Path::toString)
                .toList();
        assertEquals(List.of(), offenders);
    }

    private static List<Path> mainSources(String module) {
        try {
            return Sources.files(Sources.ROOT.resolve(module).resolve("src/main/java"), ".java");
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void everyModuleOfTheBuildIsKnownHere() throws Exception {
        Set<String> expected = Stream.concat(REQUIRES.keySet().stream(), Stream.of("bench", "bom"))
                .collect(Collectors.toSet());
        assertEquals(expected, Set.copyOf(texts(pom("."), "modules", "module")));
    }

    @Test
    void billOfMaterialsListsEveryLibraryInTheVersionOfTheBuild() throws Exception {
        Element bom = pom("bom");
        assertEquals(text(pom("."), "version"), text(bom, "version"));
        Set<String> listed = children(bom, "dependencyManagement").flatMap(m -> children(m, "dependencies"))
                .flatMap(d -> children(d, "dependency")).map(d -> text(d, "artifactId")).collect(Collectors.toSet());
        assertEquals(REQUIRES.keySet().stream().map(m -> "quadric-" + m).collect(Collectors.toSet()), listed);
    }

    @Test
    void modulesRequireOnlyTheLayerBelow() throws IOException {
        for (var entry : REQUIRES.entrySet()) {
            List<Requires> ours = descriptor(entry.getKey()).requires().stream()
                    .filter(r -> r.name().startsWith("io.quadric.")).toList();
            Set<String> names = ours.stream().map(r -> r.name().substring("io.quadric.".length()))
                    .collect(Collectors.toSet());
            assertEquals(Set.copyOf(entry.getValue()), names, entry.getKey() + " requires");
            for (Requires r : ours) {
                assertTrue(r.modifiers().contains(Requires.Modifier.TRANSITIVE),
                        entry.getKey() + " requires " + r.name() + " transitively, since its interface speaks of it");
            }
        }
    }

    @Test
    void foundationRequiresNothingButTheJdk() throws Exception {
        assertEquals(List.of(), thirdParty(pom(".")), "compile or runtime dependencies every module inherits");
        for (String module : Stream.concat(LIGHT.stream(), Stream.of("verify")).toList()) {
            assertEquals(List.of(), thirdParty(pom(module)), "compile or runtime dependencies of " + module);
            List<String> foreign = descriptor(module).requires().stream().map(Requires::name)
                    .filter(Predicate
                            .not(n -> n.startsWith("java.") || n.startsWith("jdk.") || n.startsWith("io.quadric.")))
                    .toList();
            assertEquals(List.of(), foreign, "modules required by " + module);
        }
    }

    @Test
    void onlyTheSimdPackageUsesTheVectorApi() throws IOException {
        Path door = Path.of("io", "quadric", "linalg", "internal", "simd");
        for (String module : REQUIRES.keySet()) {
            List<Path> offenders = Sources.files(Sources.ROOT.resolve(module).resolve("src"), ".java").stream()
                    .filter(f -> !f.getParent().endsWith(door))
                    .filter(f -> !f.endsWith("OtherVectors.java")) // a test's other program
                    .filter(f -> VECTOR_API.matcher(Sources.read(f)).find()).toList();
            assertEquals(List.of(), offenders, "files outside " + door + " that use the Vector API");
        }
        assertTrue(Sources.files(Sources.ROOT.resolve("linalg/src/main/java").resolve(door), ".java").stream()
                .anyMatch(f -> VECTOR_API.matcher(Sources.read(f)).find()), "the search finds what is there");
    }

    @Test
    void foundationStaysSmall() throws IOException {
        long bytes = 0;
        for (String module : LIGHT) {
            Path target = Sources.ROOT.resolve(module).resolve("target");
            List<Path> jars;
            try (Stream<Path> children = Files.list(target)) {
                jars = children.filter(
                        f -> f.getFileName().toString().matches("quadric-" + module + "-[0-9][^-]*(-SNAPSHOT)?\\.jar"))
                        .toList();
            }
            for (Path f : jars.isEmpty() ? Sources.files(target.resolve("classes"), ".class") : jars) {
                bytes += Files.size(f);
            }
        }
        assertTrue(bytes > 0 && bytes < LIGHT_BYTES,
                "linalg, nn and optim take " + bytes + " bytes, the limit is " + LIGHT_BYTES);
    }

    private static List<String> thirdParty(Element pom) {
        return children(pom, "dependencies").flatMap(d -> children(d, "dependency"))
                .filter(d -> !"io.quadric".equals(text(d, "groupId")) && !"test".equals(text(d, "scope")))
                .map(d -> text(d, "groupId") + ":" + text(d, "artifactId")).toList();
    }

    private static Element pom(String module) throws Exception {
        return DocumentBuilderFactory.newInstance().newDocumentBuilder()
                .parse(Sources.ROOT.resolve(module).resolve("pom.xml").toFile()).getDocumentElement();
    }

    private static List<String> texts(Element parent, String group, String name) {
        return children(parent, group).flatMap(g -> children(g, name)).map(e -> e.getTextContent().strip()).toList();
    }

    private static String text(Element parent, String name) {
        return children(parent, name).map(e -> e.getTextContent().strip()).findFirst().orElse("");
    }

    private static Stream<Element> children(Element parent, String name) {
        Stream<Node> siblings = Stream.iterate(parent.getFirstChild(), n -> n != null, Node::getNextSibling);
        return siblings.filter(n -> n.getNodeName().equals(name)).map(Element.class::cast);
    }

    private static ModuleDescriptor descriptor(String module) throws IOException {
        try (InputStream in = Files
                .newInputStream(Sources.ROOT.resolve(module).resolve("target/classes/module-info.class"))) {
            return ModuleDescriptor.read(in);
        }
    }
}
