package io.quadric.engine.cli;

import io.quadric.engine.LibraryVersion;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// `quadric` without a command.
@Command(
        name = "quadric",
        description = "Second-order training of neural networks.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class,
        synopsisSubcommandLabel = "COMMAND")
final class RootCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        throw new ParameterException(
                spec.commandLine(),
                "no command given, expected one of "
                        + String.join(", ", spec.commandLine().getSubcommands().keySet()));
    }

    /// The version of the module, and of the Java that runs it.
    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{"quadric " + LibraryVersion.get() + ", Java " + Runtime.version()};
        }
    }
}
