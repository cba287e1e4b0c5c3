package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URISyntaxException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/// The snippets in the documentation compile, and those of the package pages print what they say.
@TestInstance(Lifecycle.PER_CLASS)
class SnippetsTest {
    private static final Path SOURCES = Path.of("src", "main", "java", "io", "quadric", "linalg");

    /// What snippets of a type take for granted.
    private static final String GIVEN = """
            import io.quadric.linalg.*;
            import io.quadric.linalg.analysis.*;
            import io.quadric.linalg.operator.*;
            import io.quadric.linalg.solver.*;
            import java.util.Random;

            public class Snippets {
                Matrix a, b, g, h, w, x, y, z, expOfA;
                Workspace ws;
                int n, rows, columns;

                void log(String advice) {}
            """;

    @TempDir
    private Path directory;

    private static final List<Path> PAGES = Stream.of("", "analysis", "operator")
            .map(name -> SOURCES.resolve(name).resolve("package-info.java")).toList();

    private final List<String> snippets = new ArrayList<>();
    private int ofThePages;

    @BeforeAll
    void collect() throws IOException {
        for (Path page : PAGES) {
            snippets.addAll(snippetsOf(page));
        }
        ofThePages = snippets.size();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".java")).sorted().toList()) {
                if (!PAGES.contains(file)) {
                    snippets.addAll(snippetsOf(file));
                }
            }
        }
    }

    private static List<String> snippetsOf(Path file) throws IOException {
        List<String> found = new ArrayList<>();
        StringBuilder snippet = new StringBuilder();
        boolean within = false;
        for (String line : Files.readAllLines(file)) {
            String text = line.strip().replaceFirst("^/// ?", "");
            if (text.startsWith("```")) {
                within = !within && text.equals("```java");
                if (!within && !snippet.isEmpty()) {
                    found.add(snippet.toString());
                    snippet.setLength(0);
                }
            } else if (within) {
                snippet.append(text).append('\n');
            }
        }
        return found;
    }

    @Test
    void theyCompileAndThoseOfThePackagePagesPrintWhatTheySay() throws Exception {
        assertTrue(snippets.size() > ofThePages + 4, () -> "found only " + snippets);
        StringBuilder source = new StringBuilder(GIVEN);
        for (int i = 0; i < snippets.size(); i++) {
            source.append("public void snippet").append(i).append("() {\n").append(snippets.get(i)).append("}\n");
        }
        compile(source.append("}\n").toString());
        List<String> printed = run();
        assertEquals(8, printed.size(), printed::toString);
        assertEquals(15, Double.parseDouble(printed.get(0)), 1e-12);
        assertTrue(printed.get(1).startsWith("Converged "), printed.get(1));
        assertEquals(8, Double.parseDouble(printed.get(1).split(" ")[1]), 1e-9);
        assertEquals(1, Double.parseDouble(printed.get(2).split(" ")[0]), 1e-12);
        assertEquals(2, Double.parseDouble(printed.get(2).split(" ")[1]), 1e-12);
        assertEquals(4.0 / 3, Double.parseDouble(printed.get(3)), 1e-6);
        assertEquals(8, Double.parseDouble(printed.get(4).split(" ")[0]), 1e-12);
        assertEquals(8, Double.parseDouble(printed.get(4).split(" ")[1]), 1e-12);
        assertEquals(Math.log(64) / 4, Double.parseDouble(printed.get(5)), 0.5);
        assertEquals(15, Double.parseDouble(printed.get(6)), 1e-12);
        assertEquals(11, Double.parseDouble(printed.get(7)), 1e-12);
    }

    private void compile(String source) throws IOException, URISyntaxException {
        Path file = Files.writeString(directory.resolve("Snippets.java"), source);
        Path classes = Path.of(Gemm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
        var messages = new ByteArrayOutputStream();
        int code = ToolProvider.getSystemJavaCompiler().run(null, messages, messages, "-cp", classes.toString(), "-d",
                directory.toString(), file.toString());
        assertEquals(0, code, messages::toString);
    }

    /// Runs the snippets of the package pages; returns the lines they print.
    private List<String> run() throws Exception {
        PrintStream out = System.out;
        var printed = new ByteArrayOutputStream();
        URL[] path = {directory.toUri().toURL()};
        try (URLClassLoader loader = new URLClassLoader(path, getClass().getClassLoader())) {
            Class<?> type = loader.loadClass("Snippets");
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            for (int i = 0; i < ofThePages; i++) {
                type.getMethod("snippet" + i).invoke(type.getConstructor().newInstance());
            }
        } finally {
            System.setOut(out);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }
}
