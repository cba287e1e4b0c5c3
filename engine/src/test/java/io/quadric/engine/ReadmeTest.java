package io.quadric.engine;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The example of the README is a program that compiles against the present library and does what it says.
class ReadmeTest {
    private static final Pattern EXAMPLE = Pattern.compile("## Example.*?```java\n(.*?)```", Pattern.DOTALL);

    private static String example() throws IOException {
        Matcher matcher = EXAMPLE.matcher(Files.readString(Path.of("..", "README.md")));
        assertTrue(matcher.find(), "the README has no Java block under '## Example'");
        return matcher.group(1);
    }

    @Test
    void theExampleCompilesAndLowersTheLoss(@TempDir Path out) throws Exception {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        JavaFileObject source = new SimpleJavaFileObject(URI.create("string:///Example.java"),
                JavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) throws IOException {
                return example();
            }
        };
        List<String> options = List.of("-d", out.toString(), "-cp", System.getProperty("java.class.path"));
        boolean compiled = compiler.getTask(messages, null, null, options, null, List.of(source)).call();
        assertTrue(compiled, messages.toString());
        assertEquals(0, run(out));
    }

    private static int run(Path classes) throws IOException, InterruptedException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String path = classes + System.getProperty("path.separator") + System.getProperty("java.class.path");
        Process process = new ProcessBuilder(java, "--add-modules", "jdk.incubator.vector", "-cp", path, "Example")
                .redirectErrorStream(true)
                .start();
        String printed = new String(process.getInputStream().readAllBytes());
        int exit = process.waitFor();
        List<Double> losses = Pattern.compile("loss (\\d+\\.\\d+)")
                .matcher(printed)
                .results()
                .map(r -> Double.valueOf(r.group(1)))
                .toList();
        assertTrue(losses.size() >= 2 && losses.getLast() < losses.getFirst() / 2, printed);
        return exit;
    }
}
