package io.quadric.bench;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/// `docs/where-is.md` leads from formulas to code: its files exist, and declare the names it mentions.
class WhereIsTest {
    private static final Path DOCS = Sources.ROOT.resolve("docs");
    private static final Pattern LINK = Pattern.compile("\\[`([\\w.]+)`]\\(([^)]+)\\)");
    private static final Pattern CODE = Pattern.compile("(?<!\\[)`[A-Z]\\w+(\\.\\w+)*`(?!])");
    private static final Pattern COMMENT = Pattern.compile("^\\s*//.*$", Pattern.MULTILINE);

    private static List<MatchResult> links() {
        return LINK.matcher(page()).results().toList();
    }

    private static String page() {
        return Sources.read(DOCS.resolve("where-is.md"));
    }

    @Test
    void namesExistInTheFilesThatAreLinked() {
        List<String> wrong = new ArrayList<>();
        for (MatchResult link : links()) {
            Path file = DOCS.resolve(link.group(2)).normalize();
            if (!Files.isRegularFile(file)) {
                wrong.add(link.group() + ": no such file");
            } else if (!declares(file, link.group(1).split("\\."))) {
                wrong.add(link.group() + ": no such name in the file");
            }
        }
        assertEquals(List.of(), wrong);
    }

    /// A file declares Type.member if it is the type's file and the member a nested type, a constant, a component or a
    /// method of it.
    private static boolean declares(Path file, String[] names) {
        String code = COMMENT.matcher(Sources.read(file)).replaceAll("");
        if (!file.getFileName().toString().equals(names[0] + ".java")) {
            return false;
        }
        for (int i = 1; i < names.length; i++) {
            String type = "\\b(class|record|enum|interface) " + names[i] + "\\b";
            String method = "^ +[\\w<>\\[\\], .?@]*[\\w>\\]] " + names[i] + "\\(";
            if (!Pattern.compile(type + "|" + method, Pattern.MULTILINE).matcher(code).find()) {
                return false;
            }
        }
        return true;
    }

    @Test
    void everyNameIsALink() {
        assertEquals(List.of(), CODE.matcher(page()).results().map(MatchResult::group).toList());
    }

    /// What a reader of the papers asks for first.
    @Test
    void thePageAnswersTheFirstQuestions() {
        for (String question : List.of("stopping rule of conjugate gradients", "structural damping", "columns of KFLR",
                "recursion of KFRA", "D_P D_LM", "L-BFGS in compact form", "normalisation of TNT's covariances",
                "root of Shampoo", "direction by Sherman-Morrison-Woodbury", "step size of Botev et al.",
                "Levenberg-Marquardt rule", "KFC: factors of a convolution")) {
            assertTrue(page().contains("**" + question), question);
        }
    }
}
