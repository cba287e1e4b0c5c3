package io.quadric.engine.report;

import io.quadric.linalg.Simd;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/// What a result file says about where it was made.
public final class Machine {
    private Machine() {}

    /// {@return processor, JDK, flags, kernels and commit, as lines of a list in Markdown}
    public static String describe() {
        StringBuilder text = new StringBuilder();
        facts().forEach((name, value) -> text.append("- ").append(name).append(": ").append(value).append('\n'));
        return text.toString();
    }

    /// {@return the same by name}
    public static Map<String, String> facts() {
        String flags = ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
                .filter(flag -> !flag.contains("/"))
                .collect(Collectors.joining(" "));
        Map<String, String> facts = new LinkedHashMap<>();
        facts.put("processor", processor() + ", " + Runtime.getRuntime().availableProcessors() + " cores");
        facts.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
        facts.put("flags", "`" + flags + "`");
        facts.put("commit", commit());
        facts.put("kernels", Simd.description());
        return facts;
    }

    private static String processor() {
        try (var lines = Files.lines(Path.of("/proc/cpuinfo"))) {
            return lines.filter(line -> line.matches("(model name|cpu family|model)\\s*:.*"))
                    .limit(3)
                    .map(line -> line.replaceAll("\\s*:\\s*", " "))
                    .collect(Collectors.joining(", "));
        } catch (IOException e) {
            return System.getProperty("os.arch");
        }
    }

    /// The commit that the library was built from, which the build writes down.
    private static String commit() {
        try (InputStream in = Machine.class.getResourceAsStream("/io/quadric/engine/commit.properties")) {
            Properties commit = new Properties();
            if (in != null) {
                commit.load(in);
            }
            return commit.getProperty("git.commit.id.describe", "unknown");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
