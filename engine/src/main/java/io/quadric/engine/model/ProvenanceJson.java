package io.quadric.engine.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.JsonPart;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Provenance as JSON, member by member.
final class ProvenanceJson {
    private ProvenanceJson() {}

    static ObjectNode write(Provenance provenance) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("recipe", provenance.recipe());
        ObjectNode values = node.putObject("hyperParameters");
        provenance.hyperParameters().forEach(values::put);
        node.put("seed", provenance.seed()).put("data", provenance.data()).put("fingerprint", provenance.fingerprint());
        ObjectNode figures = node.putObject("figures");
        provenance.figures().forEach((name, value) -> {
            if (Double.isFinite(value)) {
                figures.put(name, value);
            }
        });
        return node.put("version", provenance.version()).put("date", provenance.date().toString());
    }

    static Provenance read(JsonPart part) {
        part.object("recipe", "hyperParameters", "seed", "data", "fingerprint", "figures", "version", "date");
        Map<String, String> values = new LinkedHashMap<>();
        part.member("hyperParameters").members().forEach((name, value) -> values.put(name, value.text()));
        Map<String, Double> figures = new LinkedHashMap<>();
        part.member("figures").members().forEach((name, value) -> figures.put(name, value.number()));
        JsonPart seed = part.member("seed");
        if (!seed.node().canConvertToLong()) {
            throw seed.unexpected("a whole number");
        }
        return new Provenance(
                part.member("recipe").text(),
                values,
                seed.node().longValue(),
                part.member("data").text(),
                part.member("fingerprint").text(),
                figures,
                part.member("version").text(),
                date(part.member("date")));
    }

    private static Instant date(JsonPart part) {
        try {
            return Instant.parse(part.text());
        } catch (DateTimeException e) {
            throw part.unexpected("a date such as 2026-01-31T12:00:00Z");
        }
    }
}
