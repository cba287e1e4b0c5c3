package io.quadric.engine.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.quadric.optim.HyperParameter;
import io.quadric.optim.HyperParameters;
import io.quadric.optim.recipe.Optimizers;
import io.quadric.optim.recipe.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class HelpTest {
    static List<Recipe> recipes() {
        return Optimizers.all();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"train", "predict", "evaluate", "describe", "export", "import", "data", "compare", "experiment",
                "sweep", "tune", "verify", "optimizers", "completion"})
    void everyCommandExplainsItself(String command) {
        String help = Quadric.run(command, "--help").succeeds().out();
        assertTrue(help.startsWith("Usage: quadric " + command), help);
        assertEquals(help, Quadric.run("help", command).succeeds().out());
        assertTrue(Quadric.run("--help").succeeds().out().contains("  " + command + " "));
    }

    @ParameterizedTest
    @MethodSource("recipes")
    void everyRecipeIsListedWithItsHyperParameters(Recipe recipe) {
        String listed = Quadric.run("optimizers", recipe.name()).succeeds().out();
        assertTrue(listed.startsWith(recipe.name() + ": "), listed);
        assertTrue(listed.contains("source: " + recipe.source()), listed);
        for (HyperParameter parameter : HyperParameters.of(recipe.optimizer())) {
            assertTrue(listed.contains(parameter.name() + " ") && listed.contains(parameter.value()), listed);
        }
        String entry = listed.substring(0, listed.indexOf("Every optimizer: "));
        assertTrue(Quadric.run("optimizers", "--all").succeeds().out().contains(entry));
        assertTrue(Quadric.run("optimizers").succeeds().out().lines().anyMatch(
                line -> line.startsWith(recipe.name() + " ") && line.endsWith(recipe.summary())));
    }

    @Test
    void theListOfMethodsHasALineForEach() {
        assertEquals(Optimizers.all().size() + 2, Quadric.run("optimizers").succeeds().out().lines().count());
    }

    @Test
    void theHelpOfTrainShowsTheMethodAskedForAndNoOther() {
        assertTrue(Quadric.line("train --optimizer adam --help").succeeds().out().contains("beta1"));
        assertFalse(Quadric.line("train --help").succeeds().out().contains("beta1"));
    }

    @Test
    void whatIsNearIsSuggested() {
        Quadric.run("hlep").isRefused("unknown command 'hlep', expected one of train, ");
        Quadric.run("hlep").isRefused("did you mean 'help'?");
        Quadric.line("train --optmizer adam").isRefused("unknown option '--optmizer', did you mean '--optimizer'?");
        Quadric.line("train now").isRefused("'now' is not expected there");
    }

    /// What bash would offer for the last word.
    private static List<String> completed(Path script, String... words) throws IOException, InterruptedException {
        String line = String.join(" ", words);
        Process bash = new ProcessBuilder("bash", "-c", "source " + script + "; COMP_WORDS=(" + line + "); COMP_CWORD="
                + (words.length - 1) + "; COMP_LINE='" + line + "'; COMP_POINT=" + line.length()
                + "; COMP_TYPE=9; compopt() { :; }; _complete_quadric; printf '%s\\n' \"${COMPREPLY[@]}\"")
                .redirectErrorStream(true)
                .start();
        String printed = new String(bash.getInputStream().readAllBytes());
        assertEquals(0, bash.waitFor(), printed);
        return printed.lines().map(String::strip).toList();
    }

    @Test
    void bashCompletesCommandsOptionsAndNames(@TempDir Path temp) throws Exception {
        assumeTrue(new ProcessBuilder("sh", "-c", "command -v bash").start().waitFor() == 0, "skipped: no bash");
        Path script = temp.resolve("completion");
        Files.writeString(script, Quadric.run("completion", "bash").succeeds().out());
        assertEquals(List.of("train"), completed(script, "quadric", "tr"));
        assertEquals(recipes().stream().map(Recipe::name).filter(name -> name.startsWith("kf")).toList(),
                completed(script, "quadric", "train", "--optimizer", "kf"));
        assertEquals(List.of("float32", "float64"), completed(script, "quadric", "train", "--precision", "fl"));
        assertTrue(completed(script, "quadric", "train", "--re").contains("--report"));
    }

    @Test
    void theVersionIsALine() {
        assertTrue(Quadric.run("--version").succeeds().out().matches("quadric .*, Java .*\\R"));
    }
}
