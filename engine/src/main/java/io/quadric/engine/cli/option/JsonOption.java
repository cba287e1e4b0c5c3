package io.quadric.engine.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.cli.output.Output;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Consumer;
import picocli.CommandLine.Option;

/// The option of commands that make several runs.
public final class JsonOption {
    @Option(names = "--json", description = "Prints a JSON object at the end, and nothing else.")
    private boolean json;

    /// Where a command writes what is not JSON.
    public Output shown(Output given) {
        return json
                ? new Output(new PrintWriter(Writer.nullWriter()), given.err(), given.console())
                : given;
    }

    /// Prints the object, if it is wanted.
    public void print(Output given, Consumer<ObjectNode> contents) {
        if (json) {
            ObjectNode node = JsonNodeFactory.instance.objectNode();
            contents.accept(node);
            given.out().println(node);
        }
    }
}
