package io.quadric.engine.cli.option;

import io.quadric.engine.learn.Method;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/// The options that say by which method, and from where, a model is trained.
public final class MethodOptions {
    @Option(
            names = "--optimizer",
            paramLabel = "NAME",
            completionCandidates = RegisteredNames.Methods.class,
            description = "The method: ${COMPLETION-CANDIDATES} (default: " + Method.DEFAULT + ").")
    private Optional<String> optimizer = Optional.empty();

    @Option(
            names = "--set",
            paramLabel = "NAME=VALUE",
            description = "A hyper-parameter of the method, which a search leaves as it is; may be repeated.")
    private Map<String, String> values = new LinkedHashMap<>();

    @Option(
            names = "--initial",
            paramLabel = "FILE",
            description = "First parameters by name, from a trained model, a safetensors file or an archive .npz.")
    private Optional<Path> initial = Optional.empty();

    public Optional<String> optimizer() {
        return optimizer;
    }

    public Map<String, String> values() {
        return values;
    }

    public Optional<Path> initial() {
        return initial;
    }
}
