package io.quadric.engine.report;

import io.quadric.linalg.Simd;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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

    private static String commit() {
        try {
            Process git = new ProcessBuilder("git", "describe", "--always", "--dirty").start();
            String commit = new String(git.getInputStream().readAllBytes()).strip();
            return commit.isEmpty() ? "unknown" : commit;
        } catch (IOException e) {
            return "unknown";
        }
    }
}
