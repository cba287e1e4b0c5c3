package io.quadric.engine.checkpoint;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.LibraryVersion;
import io.quadric.engine.report.LogFile;
import java.util.Optional;
import java.util.Set;

/// The first line of a log: what the run is. It has the members of a checkpoint's `run` but the network, and `seed`.
public final class LogHeading {
    /// What may be another where a run goes on.
    private static final Set<String> CHANGING = Set.of("library", "optimizer", "plan");

    /// What stays when a run goes on by another method or with other hyper-parameters.
    private static final Set<String> KEPT = Set.of("modelName", "precision", "seed");

    private LogHeading() {}

    /// {@return the first line}
    ///
    /// @param run what is trained, how and on what
    public static ObjectNode of(RunSpec run) {
        ObjectNode spec = JsonNodeFactory.instance.objectNode();
        RunJson.write(run, spec);
        ObjectNode line = JsonNodeFactory.instance.objectNode()
                .put("format", LogFile.FORMAT)
                .put("version", LogFile.VERSION)
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
    /// @param heading of the log; one without is taken to be of the run
    public static Optional<String> difference(RunSpec run, Optional<JsonNode> heading) {
        return heading.flatMap(its -> of(run).properties().stream()
                .filter(member -> !CHANGING.contains(member.getKey()))
                .filter(member -> !member.getValue().toString().equals(its.path(member.getKey()).toString()))
                .map(member -> member.getKey() + " is " + its.path(member.getKey()) + " and not " + member.getValue())
                .findFirst());
    }
}
