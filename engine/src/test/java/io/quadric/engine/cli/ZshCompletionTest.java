package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The script of `quadric completion zsh` in an interactive zsh at a pseudo-terminal.
class ZshCompletionTest {
    /// Types the second argument, a tab and a return; in place of the program a function tells its arguments.
    private static final String TYPED = """
            zmodload zsh/zpty
            zpty z zsh -f -i
            zpty -w z "PS1=''; quadric() { print -r -- \\"got:\\$*.\\" }; autoload -Uz compinit && compinit -u -D
            source $1; print loaded"
            zpty -r z line '*loaded*loaded*'
            zpty -w -n z "$2"$'\\t\\n'
            zpty -r z line '*got:*.*'
            print -r -- "$line"
            """;

    @TempDir
    private Path temp;

    private String completed(Path script, String line) throws IOException, InterruptedException {
        Path typed = Files.writeString(temp.resolve("typed.zsh"), TYPED);
        Path printed = temp.resolve("printed");
        Process zsh = new ProcessBuilder("zsh", "-f", typed.toString(), script.toString(), line)
                .redirectErrorStream(true)
                .redirectOutput(printed.toFile())
                .start();
        boolean ended = zsh.waitFor(30, TimeUnit.SECONDS);
        zsh.destroyForcibly();
        String text = Files.readString(printed);
        assertTrue(ended && text.contains("got:"), text);
        return text.substring(text.lastIndexOf("got:") + 4, text.lastIndexOf('.'));
    }

    @Test
    void zshLoadsTheScriptAndCompletes() throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v zsh").start().waitFor() == 0, "skipped: no zsh");
        Path script = Files.writeString(temp.resolve("script"), Quadric.run("completion", "zsh").succeeds().out());
        assertEquals("train", completed(script, "quadric tr"));
        assertEquals("train --optimizer kfac-averaged", completed(script, "quadric train --optimizer kfac-a"));
        assertEquals("train --precision float64", completed(script, "quadric train --precision float6"));
    }
}
