package io.quadric.linalg;

import static org.junit.jupiter.api.extension.ConditionEvaluationResult.disabled;
import static org.junit.jupiter.api.extension.ConditionEvaluationResult.enabled;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtensionContext;

/// The build runs the tests of kernels once more for each width. The one that this machine prefers was taken by the
/// first run, of all tests, and is left out.
public final class OtherWidths implements ExecutionCondition {
    private static final Path PROCESSOR = Path.of("/proc/cpuinfo");
    private static final String PREFERRED = preferred();

    /// 512 or 256 on x86 under Linux, as the processor says whatever the flags of this JVM are; else not known.
    private static String preferred() {
        try {
            String features = Files.exists(PROCESSOR) ? Files.readString(PROCESSOR) : "";
            return features.contains(" avx512f") ? "512" : features.contains(" avx2") ? "256" : "";
        } catch (IOException e) {
            return "";
        }
    }

    @Override
    public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
        String width = System.getProperty("quadric.simd", "auto");
        return width.equals(PREFERRED)
                ? disabled(width + " bits are this machine's own width, which the first run has")
                : enabled("another width");
    }
}
