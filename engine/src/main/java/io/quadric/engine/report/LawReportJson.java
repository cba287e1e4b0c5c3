package io.quadric.engine.report;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.verify.LawReport;
import io.quadric.verify.LawResult;

/// What the laws came to, as JSON: `holds`; `laws`, each with `name`, `statement`, the number of `subjects` it was
/// asked of, `worstError`, `bound`, its `reason`, `worstSubject` and `verdict` (`PASS`, `FAIL` or `not met`);
/// `warnings`, each with its `subject` and `text`. A number that is not finite is `null`.
public final class LawReportJson {
    private LawReportJson() {}

    /// {@return the report}
    ///
    /// @param report what the laws came to
    public static ObjectNode write(LawReport report) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("holds", report.holds());
        ArrayNode laws = node.putArray("laws");
        report.results().forEach(result -> write(result, laws.addObject()));
        ArrayNode warnings = node.putArray("warnings");
        report.warnings()
                .forEach(warning -> warnings.addObject().put("subject", warning.subject()).put("text", warning.text()));
        return node;
    }

    private static void write(LawResult result, ObjectNode node) {
        node.put("name", result.law().name()).put("statement", result.law().statement());
        node.put("subjects", result.cases());
        put(node, "worstError", result.worstError());
        put(node, "bound", result.bound());
        node.put("reason", result.law().bound().reason());
        node.put("worstSubject", result.worstCase());
        node.put("verdict", result.verdict());
    }

    private static void put(ObjectNode node, String name, double value) {
        if (Double.isFinite(value)) {
            node.put(name, value);
        } else {
            node.putNull(name);
        }
    }
}
