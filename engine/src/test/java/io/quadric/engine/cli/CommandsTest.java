package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.quadric.engine.cli.output.Output;
import io.quadric.engine.report.ProgressLines.Console;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

/// Commands that are not called are brief.
class CommandsTest {
    private static CommandLine root(Predicate<String> whole) {
        PrintWriter none = new PrintWriter(Writer.nullWriter());
        CommandLine root = new CommandLine(new RootCommand());
        Commands.addTo(root, new Output(none, none, Console.PLAIN), whole);
        return root;
    }

    @Test
    void theHelpOfAllIsTheSame() {
        assertEquals(root(_ -> true).getUsageMessage(), root(_ -> false).getUsageMessage());
    }

    @Test
    void theCommandThatIsCalledHasItsOptions() {
        var commands = root(Commands.neededFor("train", "--steps", "1")).getSubcommands();
        assertTrue(commands.get("train").getCommandSpec().optionsMap().containsKey("--steps"));
        assertTrue(commands.get("predict").getCommandSpec().options().isEmpty());
        assertFalse(root(Commands.neededFor("help")).getSubcommands().get("predict").getCommandSpec().options()
                .isEmpty());
        assertEquals(
                root(_ -> true).getSubcommands().keySet(), root(Commands.neededFor()).getSubcommands().keySet());
    }
}
