package io.quadric.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of the README is a program that compiles against the present library and does what it says.
class ReadmeTest {
    private static final Pattern PROGRAM = Pattern.compile("```java\n(.*?)```", Pattern.DOTALL);

    /// The Java block that has the class.
    private static String program(String name) throws IOException {
        return PROGRAM.matcher(Files.readString(Path.of("..", "README.md"))).results()
                .map(result -> result.group(1))
                .filter(text -> text.contains("\nclass " + name + " {"))
                .findFirst()
                .orElseThrow(() -> new AssertionError("the README has no Java block with the class " + name));
    }

    private static void compile(String name, Path out) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        String program = program(name);
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///" + name + ".java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
                return program;
            }
        };
        List<String> options = List.of("-d", out.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(source)).call();
        assertTrue(compiled, messages.toString());
    }

    /// What the program prints, in a process of its own.
    private static String run(String name, Path folder) throws IOException, InterruptedException {
        compile(name, folder);
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String separator = System.getProperty("path.separator");
        String path = folder + separator + Stream.of(System.getProperty("java.class.path").split(separator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .collect(Collectors.joining(separator));
        Process process = new ProcessBuilder(java, "--add-modules", "jdk.incubator.vector", "-cp", path, name)
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, process.waitFor(), printed);
        return printed;
    }

    @Test
    void theExampleLowersTheLoss(@TempDir Path folder) throws Exception {
        String printed = run("Example", folder);
        List<Double> losses = Pattern.compile("loss (\\d+\\.\\d+)")
                .matcher(printed)
                .results()
                .map(r -> Double.valueOf(r.group(1)))
                .toList();
        assertTrue(losses.size() >= 2 && losses.getLast() < losses.getFirst() / 2, printed);
    }

    /// One process trains and saves, another one loads and predicts from eight threads.
    @Test
    void aModelIsTrainedAndServed(@TempDir Path folder) throws Exception {
        Random random = new Random(1);
        StringBuilder table = new StringBuilder("area,town,price\n");
        for (int i = 0; i < 300; i++) {
            double area = 40 + 100 * random.nextDouble();
            boolean oslo = random.nextBoolean();
            table.append(area).append(oslo ? ",Oslo," : ",Rome,").append(1000 + 30 * area + (oslo ? 500 : 0))
                    .append('\n');
        }
        Files.writeString(folder.resolve("houses.csv"), table);
        run("Train", folder);
        List<Double> prices = run("Serve", folder).lines()
                .filter(line -> line.matches("[0-9.]+"))
                .map(Double::valueOf)
                .toList();
        assertEquals(8, prices.size());
        assertEquals(1, prices.stream().distinct().count());
        assertEquals(1000 + 30 * 80, prices.getFirst(), 30);
    }
}
