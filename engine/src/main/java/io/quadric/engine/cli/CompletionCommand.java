package io.quadric.engine.cli;

import io.quadric.engine.Words;
import io.quadric.engine.data.DataSourceKind;
import io.quadric.engine.data.DataSources;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/// `quadric completion`.
@Command(
        name = "completion",
        description = "Prints a script that lets the shell complete commands, options and names. For bash: 'source "
                + "<(quadric completion bash)' in ~/.bashrc; for zsh the same in ~/.zshrc, after compinit.",
        mixinStandardHelpOptions = true,
        versionProvider = RootCommand.Version.class)
final class CompletionCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Parameters(arity = "0..1", paramLabel = "SHELL", description = "bash (default) or zsh: the script is for both.")
    private Shell shell = Shell.BASH;

    /// Shells that understand the script.
    enum Shell {
        BASH,
        ZSH
    }

    @Override
    public Integer call() {
        CommandLine root = spec.parent().commandLine();
        completeAll(root);
        spec.commandLine().getOut().print(AutoComplete.bash("quadric", root));
        return 0;
    }

    /// With the commands of commands.
    private static void completeAll(CommandLine parent) {
        parent.getSubcommands().values().forEach(command -> {
            completeData(command.getCommandSpec());
            completeWords(command.getCommandSpec());
            completeAll(command);
        });
    }

    /// Constants are written as words are.
    private static void completeWords(CommandSpec command) {
        for (OptionSpec option : List.copyOf(command.options())) {
            Class<?> type = option.typeInfo().getAuxiliaryTypes()[0];
            if (type.isEnum() && option.completionCandidates() != null) {
                complete(command, option, Words.all(type));
            }
        }
    }

    private static void complete(CommandSpec command, OptionSpec option, List<String> candidates) {
        command.remove(option);
        command.addOption(OptionSpec.builder(option).completionCandidates(candidates).build());
    }

    /// The help of `--data` has sentences; what can be completed are names.
    private static void completeData(CommandSpec command) {
        List<String> names = DataSources.KINDS.all().stream()
                .filter(DataSourceKind::isComplete)
                .map(DataSourceKind::name)
                .toList();
        Optional.ofNullable(command.findOption("--data")).ifPresent(option -> complete(command, option, names));
    }
}
