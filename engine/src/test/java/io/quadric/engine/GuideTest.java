package io.quadric.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quadric.engine.json.ModelJson;
import io.quadric.engine.json.ModelSpec;
import io.quadric.nn.Registries;
import io.quadric.nn.layer.LayerKind;
import io.quadric.nn.loss.NamedLoss;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// What the guide says works: commands and programs are run page by page in a folder of their own, models are read, and
/// messages are those that it explains.
class GuideTest {
    private static final Path GUIDE = Path.of("..", "docs", "guide");
    private static final Pattern BLOCK = Pattern.compile(
            "(?:### `([^\n]*)`\n\n)?```(\\w+)( fails)?\n(.*?)```", Pattern.DOTALL);
    private static final String JAVA = Path.of(System.getProperty("java.home"), "bin", "java").toString();

    @TempDir
    private Path temp;

    /// A block of a page.
    private record Block(String heading, String language, boolean fails, String text) {
        private static final Pattern CLASS = Pattern.compile("^(?:class|record) (\\w+)", Pattern.MULTILINE);

        static List<Block> of(Path page) throws IOException {
            boolean comment = page.toString().endsWith(".java");
            String text = Files.readString(page);
            return BLOCK.matcher(comment ? text.replaceAll("(?m)^/// ?", "") : text).results()
                    .map(found -> new Block(found.group(1) == null ? "" : found.group(1), found.group(2),
                            found.group(3) != null, found.group(4)))
                    .toList();
        }

        String className() {
            var matcher = CLASS.matcher(text);
            assertTrue(matcher.find(), text);
            return matcher.group(1);
        }
    }

    static List<Path> pages() throws IOException {
        try (Stream<Path> pages = Files.list(GUIDE)) {
            return pages.sorted().toList();
        }
    }

    /// The guide, and the tutorial of the module's documentation.
    static List<Path> texts() throws IOException {
        return Stream.concat(pages().stream(), Stream.of(Path.of("src", "main", "java", "module-info.java"))).toList();
    }

    @BeforeEach
    void tableAndLauncher() throws IOException {
        StringBuilder table = new StringBuilder("area,rooms,town,price\n");
        for (int i = 0; i < 120; i++) {
            int area = 40 + i * 7 % 61;
            table.append(area).append(',').append(1 + area / 25).append(',').append(i % 3 == 0 ? "Rome" : "Turin");
            table.append(',').append(1000 * area + (i % 3 == 0 ? 20000 : 0)).append('\n');
        }
        Files.writeString(temp.resolve("houses.csv"), table);
        Path launcher = Files.writeString(temp.resolve("quadric"), "#!/bin/sh\nexec " + JAVA
                + " -XX:TieredStopAtLevel=1 --add-modules jdk.incubator.vector -cp '"
                + System.getProperty("java.class.path")
                + "' io.quadric.engine.cli.Main \"$@\"\n");
        assertTrue(launcher.toFile().setExecutable(true));
    }

    /// The exit code and what is printed.
    private String run(int expected, String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).directory(temp.toFile()).redirectErrorStream(true).start();
        process.getOutputStream().close();
        String printed = new String(process.getInputStream().readAllBytes());
        int code = process.waitFor();
        if (expected < 0) {
            assertNotEquals(0, code, printed);
        } else {
            assertEquals(expected, code, () -> String.join(" ", command) + "\n" + printed);
        }
        return printed;
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @MethodSource("texts")
    void aPageDoesWhatItSays(Path page) throws Exception {
        for (Block block : Block.of(page)) {
            switch (block.language()) {
                case "sh" -> shell(block);
                case "java" -> program(block);
                case "json" -> model(block);
                case "python" -> python(block);
                default -> throw new AssertionError(page + " has a block in " + block.language());
            }
        }
    }

    private void shell(Block block) throws Exception {
        String printed = run(block.fails() ? -1 : 0, "sh", "-e", "-c", block.text());
        if (block.fails()) {
            assertFalse(block.heading().isEmpty(), block.text());
            assertTrue(printed.contains("quadric: ") && printed.contains(block.heading()), printed);
        }
    }

    private void program(Block block) throws Exception {
        Path file = temp.resolve(block.className() + ".java");
        Files.writeString(file, block.text());
        String printed = run(0, JAVA, "-XX:TieredStopAtLevel=1", "--add-modules", "jdk.incubator.vector", "-cp",
                System.getProperty("java.class.path"), file.toString());
        assertTrue(printed.lines().anyMatch(line -> !line.startsWith("WARNING")),
                block.className() + " prints nothing");
    }

    private static void model(Block block) {
        ModelSpec model = ModelJson.parse("guide", block.text());
        String written = ModelJson.write(model).toString();
        assertEquals(written, ModelJson.write(ModelJson.parse("written", written)).toString());
    }

    private void python(Block block) throws Exception {
        boolean there = new ProcessBuilder("sh", "-c", "command -v python3").start().waitFor() == 0;
        assumeTrue(there, "skipped from here on: no python3");
        assertFalse(run(0, "python3", "-c", block.text()).isEmpty());
    }

    @Test
    void everyLayerAndLossIsDescribed() throws IOException {
        String text = Files.readString(GUIDE.resolve("models.md"));
        Stream.concat(
                Registries.LAYERS.all().stream().filter(kind -> isOurs(kind.type().type())).map(LayerKind::name),
                Registries.LOSSES.all().stream().filter(loss -> isOurs(loss.loss().getClass())).map(NamedLoss::name))
                .forEach(name -> assertTrue(text.contains("`" + name + "`"), name));
    }

    /// Not one that another test registers.
    private static boolean isOurs(Class<?> type) {
        return type.getPackageName().startsWith("io.quadric.nn");
    }

    @Test
    void everyPageIsInTheListAndEveryLinkLeadsSomewhere() throws IOException {
        String list = Files.readString(GUIDE.resolve("README.md"));
        for (Path page : pages()) {
            String name = page.getFileName().toString();
            assertTrue(name.equals("README.md") || list.contains("](" + name + ")"), name);
            Pattern.compile("]\\(([^)#]+)[^)]*\\)").matcher(Files.readString(page)).results().forEach(
                    link -> assertTrue(Files.exists(GUIDE.resolve(link.group(1))), page + " → " + link.group(1)));
        }
    }
}
