package io.quadric.linalg;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A short program of somebody else, compiled against this module alone and run in a Java machine of its own, in the
/// three ways in which it may be linked.
class LinkingTest {
    private static final String PROGRAM = """
            package outside;

            import io.quadric.linalg.*;

            public class Main {
                public static void main(String[] arguments) {
                    Matrix a = Matrix.of(2, 2, 4.0, 1.0, 1.0, 3.0);
                    Vector x = Vector.of(11.0, 22.0);
                    if (Cholesky.factor(a, Workspace.serial()) instanceof Cholesky.Outcome.Factored(Cholesky c)) {
                        c.solve(x, Workspace.serial());
                    }
                    System.out.println(Math.round(1e9 * x.get(0)) + " " + Math.round(1e9 * x.get(1)));
                    System.out.println("SIMD " + Simd.isActive());
                }
            }
            """;

    private static final String SOLUTION = "1000000000 7000000000";

    private static final List<String> FLAG = List.of("--add-modules", "jdk.incubator.vector");

    @TempDir
    private Path directory;

    /// What the program wrote.
    private record Written(String out, String err) {
        long warningsOfOurs() {
            return err.lines().filter(line -> line.contains("kernels:")).count();
        }
    }

    @Test
    void onTheClassPathWithoutFlagsItIsScalarAndSaysSoOnce() throws Exception {
        List<String> path = List.of("-cp", compile("") + File.pathSeparator + linalg());
        Written written = run(path, "outside.Main");
        assertEquals(List.of(SOLUTION, "SIMD false"), written.out.lines().toList(), written.err);
        assertEquals(1, written.warningsOfOurs(), written.err);
        assertEquals(1, written.err.lines().filter(line -> line.contains("WARNING")).count(), written.err);
        assertTrue(written.err.contains("--add-modules jdk.incubator.vector"), written.err);
    }

    @Test
    void onTheClassPathWithTheFlagItIsVectorised() throws Exception {
        assumeTrue(Simd.isActive(), "this machine has no SIMD kernels");
        List<String> path = new ArrayList<>(FLAG);
        path.addAll(List.of("-cp", compile("") + File.pathSeparator + linalg()));
        assertIsVectorised(run(path, "outside.Main"));
    }

    @Test
    void onTheModulePathItIsVectorisedWithoutFlags() throws Exception {
        assumeTrue(Simd.isActive(), "this machine has no SIMD kernels");
        Path classes = compile("module outside { requires io.quadric.linalg; }");
        List<String> path = List.of("-p", classes + File.pathSeparator + linalg());
        assertIsVectorised(run(path, "-m", "outside/outside.Main"));
    }

    private static void assertIsVectorised(Written written) {
        assertEquals(List.of(SOLUTION, "SIMD true"), written.out.lines().toList(), written.err);
        assertEquals(0, written.warningsOfOurs(), written.err);
    }

    private static Path linalg() throws URISyntaxException {
        return Path.of(Gemm.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    }

    /// Compiles the program, as a module if it is given a descriptor.
    private Path compile(String descriptor) throws IOException, URISyntaxException {
        Path classes = Files.createDirectory(directory.resolve("classes"));
        List<String> arguments = new ArrayList<>(List.of("-d", classes.toString()));
        arguments.addAll(List.of(descriptor.isEmpty() ? "-cp" : "-p", linalg().toString()));
        arguments.add(Files.writeString(directory.resolve("Main.java"), PROGRAM).toString());
        if (!descriptor.isEmpty()) {
            arguments.add(Files.writeString(directory.resolve("module-info.java"), descriptor).toString());
        }
        var messages = new ByteArrayOutputStream();
        var compiler = ToolProvider.getSystemJavaCompiler();
        int code = compiler.run(null, messages, messages, arguments.toArray(String[]::new));
        assertEquals(0, code, messages::toString);
        return classes;
    }

    private Written run(List<String> path, String... program) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(path);
        command.addAll(List.of(program));
        Path out = directory.resolve("out");
        Path err = directory.resolve("err");
        ProcessBuilder builder = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(err.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
        Process process = builder.start();
        boolean ended = process.waitFor(2, TimeUnit.MINUTES);
        process.destroy();
        assertTrue(ended, "the program does not end");
        Written written = new Written(Files.readString(out), Files.readString(err));
        assertEquals(0, process.exitValue(), written.err);
        return written;
    }
}
