package io.quadric.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.LibraryVersion;
import java.util.List;
import java.util.Optional;

/// The first line of a log: what the run is. It has the members of a checkpoint's `run` but the network, and `seed`.
public final class LogHeading {
    /// What the first line has as its `format`.
    public static final String FORMAT = "quadric-log";

    private static final int VERSION = 1;

    private LogHeading() {}

    /// {@return the first line}
    ///
    /// @param run what is trained, how and on what
    public static ObjectNode of(RunSpec run) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        RunJson.write(run, spec);
        ObjectNode line = JsonNodeFactory.instance.objectNode()
                .put("format", FORMAT)
                .put("version", VERSION)
                .put("library", LibraryVersion.get())
                .put("seed", run.plan().seed());
        spec.properties().stream()
                .filter(member -> !member.getKey().equals("model"))
                .forEach(member -> line.set(member.getKey(), member.getValue()));
        return line;
    }

    /// {@return the first thing in which the run of a log differs, if there is one}
    ///
    /// @param run that would go on in the log
    /// @param lines of the log; one without a heading is taken to be of the run
    public static Optional<String> difference(RunSpec run, List<JsonNode> lines) {
        if (lines.isEmpty() || !lines.getFirst().path("format").asText().equals(FORMAT)) {
            return Optional.empty();
        }
        JsonNode its = lines.getFirst();
        return of(run).properties().stream()
                .filter(member -> !member.getKey().equals("library"))
                .filter(member -> !member.getValue().toString().equals(its.path(member.getKey()).toString()))
                .map(member -> member.getKey() + " is " + its.path(member.getKey()) + " and not " + member.getValue())
                .findFirst();
    }
}
