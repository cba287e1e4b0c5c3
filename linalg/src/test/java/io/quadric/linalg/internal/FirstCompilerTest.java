package io.quadric.linalg.internal;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quadric.linalg.Matrix;
import io.quadric.linalg.internal.simd.OtherShapes;
import java.io.File;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.opentest4j.AssertionFailedError;

/// C1 can compile every SIMD kernel with all profiling, from its beginning and within a loop. Of one that it cannot the
/// JVM may keep forever what it has, in which each vector is an object (docs/adr/0031-inlined-vectors.md).
class FirstCompilerTest {
    private static final String SKIPPED = "COMPILE SKIPPED";
    private static final String KERNELS = "io.quadric.linalg.internal.simd.";
    private static final List<String> EARLY = List.of("-XX:TieredStopAtLevel=3", "-XX:Tier3BackEdgeThreshold=50",
            "-XX:Tier3InvocationThreshold=20", "-XX:Tier3MinInvocationThreshold=10", "-XX:Tier3CompileThreshold=20");

    @ParameterizedTest
    @ValueSource(ints = {256, 512})
    void compilesEveryKernel(int bits, @TempDir Path folder) throws Exception {
        assumeTrue(KernelProvider.isSimd() && OtherShapes.includes(bits));
        Path out = folder.resolve("compilations");
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("--add-modules", "jdk.incubator.vector", "-XX:+PrintCompilation"));
        command.add("-Dquadric.simd=" + bits);
        command.addAll(EARLY);
        command.addAll(List.of("-cp", classPath(), EveryKernel.class.getName()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(out.toFile());
        builder.environment().keySet().removeAll(List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "CLASSPATH"));
        int code = builder.start().waitFor();
        List<String> lines = Files.readAllLines(out);
        assertEquals(0, code, () -> String.join("\n", lines.subList(Math.max(0, lines.size() - 20), lines.size())));
        List<String> kernels = lines.stream().filter(line -> line.contains(KERNELS)).toList();
        for (String product : List.of("::run ", "::runDirect", "::runTransposed", "::runNarrow ",
                "::runNarrowTransposed")) {
            assertTrue(kernels.stream().anyMatch(line -> line.contains("MicroKernel") && line.contains(product)),
                    () -> product + " was not compiled: " + kernels);
        }
        assertEquals(List.of(), kernels.stream().filter(line -> line.contains(SKIPPED)).toList());
    }

    private static String classPath() throws URISyntaxException {
        List<String> path = new ArrayList<>();
        for (Class<?> type : List.of(Matrix.class, EveryKernel.class, Assertions.class, AssertionFailedError.class)) {
            path.add(Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI()).toString());
        }
        return String.join(File.pathSeparator, path);
    }
}
