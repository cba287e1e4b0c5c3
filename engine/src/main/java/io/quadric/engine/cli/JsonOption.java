package io.quadric.engine.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.checkpoint.RunSpec;
import io.quadric.engine.train.TrainingResult;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// The option of commands that make several runs.
final class JsonOption {
    @Option(names = "--json", description = "Prints a JSON object at the end, and nothing else.")
    private boolean json;

    /// Where a command writes what is not JSON.
    Main.Output shown(Main.Output given) {
        return json
                ? new Main.Output(new PrintWriter(Writer.nullWriter()), given.err(), given.console())
                : given;
    }

    /// Prints the object, if it is wanted.
    void print(Main.Output given, Consumer<ObjectNode> contents) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            contents.accept(node);
            given.out().println(node);
        }
    }

    static void run(String label, RunSpec run, TrainingResult result, ArrayNode runs) {
        ObjectNode node = runs.addObject().put("label", label);
        TrainReport.write(run, node);
        TrainReport.write(result, node);
    }
}
