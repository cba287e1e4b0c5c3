package io.quadric.engine.cases.shard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.cases.CaseForm;
import io.quadric.engine.cases.Digest;
import io.quadric.engine.file.Input;
import io.quadric.linalg.Precision;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The manifest of a folder of shards, a JSON document: `format` ("quadric-shards"), `version` (1), `description` of
/// the data, `precision`, `inputs`, `targets` (0 if they are the inputs), `lengths` and `weights` (whether records have
/// them), `parts`, each with `cases`, `weight`, `digest` and `shards`, which have `file`, `cases` and `digest`, and at
/// the end the `checksum`, the SHA-256 of all text before it.
///
/// @param description of the data, not interpreted here
/// @param layout of the records
/// @param parts by name
record ShardManifest(JsonNode description, RecordLayout layout, Map<String, ShardPart> parts) {
    static final String FILE = "shards.json";

    private static final String FORMAT = "quadric-shards";
    private static final int VERSION = 1;
    private static final int LONGEST = 1 << 24;
    private static final String CHECKSUM = "  \"checksum\" : \"";
    private static final String END = "\"\n}\n";

    String text() {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        CaseForm form = layout.form();
        document.put("format", FORMAT).put("version", VERSION);
        document.set("description", description);
        document.put("precision", form.precision().name()).put("inputs", form.inputs())
                .put("targets", form.reconstructs() ? 0 : form.targets())
                .put("lengths", layout.lengths()).put("weights", layout.weights());
        ObjectNode all = document.putObject("parts");
        parts.forEach((name, part) -> write(part, all.putObject(name)));
        String text = document.toPrettyString().replaceAll("\\R", "\n");
        String body = text.substring(0, text.lastIndexOf("\n}")) + ",\n";
        return body + CHECKSUM + checksum(body) + END;
    }

    private static void write(ShardPart part, ObjectNode node) {
        node.put("cases", part.cases()).put("weight", part.weight()).put("digest", part.digest());
        ArrayNode shards = node.putArray("shards");
        part.shards().forEach(shard -> shards.addObject()
                .put("file", shard.file()).put("cases", shard.cases()).put("digest", shard.digest()));
    }

    private static String checksum(String body) {
        Digest digest = new Digest();
        digest.add(body);
        return digest.hex();
    }

    static ShardManifest read(Path folder) {
        Path file = folder.resolve(FILE);
        byte[] bytes = Input.of(file).read("the manifest of a folder of shards", in -> in.readNBytes(LONGEST + 1));
        try {
            if (bytes.length > LONGEST) {
                throw new InputException("more than " + LONGEST + " bytes, expected a manifest");
            }
            return parse(new String(bytes, StandardCharsets.UTF_8));
        } catch (InputException e) {
            throw e.at(file.toString());
        }
    }

    private static ShardManifest parse(String text) {
        int end = text.lastIndexOf(CHECKSUM);
        if (end < 0 || !text.substring(end).equals(CHECKSUM + checksum(text.substring(0, end)) + END)) {
            throw new InputException("damaged or no manifest of shards, its checksum is another one");
        }
        JsonPart document = JsonPart.parse(text).object("format", "version", "description", "precision", "inputs",
                "targets", "lengths", "weights", "parts", "checksum");
        if (!document.member("format").text().equals(FORMAT)) {
            throw document.member("format").unexpected(FORMAT);
        }
        if (document.member("version").size() != VERSION) {
            throw document.member("version").unexpected("version " + VERSION);
        }
        int inputs = document.member("inputs").size();
        int targets = document.member("targets").size(0);
        CaseForm form = new CaseForm(document.member("precision").word(Precision.class), inputs,
                targets == 0 ? inputs : targets, targets == 0);
        RecordLayout layout = new RecordLayout(
                form, document.member("lengths").flag(), document.member("weights").flag());
        Map<String, ShardPart> parts = new LinkedHashMap<>();
        document.member("parts").members().forEach((name, part) -> parts.put(name, part(part)));
        return new ShardManifest(document.member("description").node(), layout, parts);
    }

    private static ShardPart part(JsonPart part) {
        part.object("cases", "weight", "digest", "shards");
        List<ShardEntry> shards = new ArrayList<>();
        long cases = 0;
        for (JsonPart shard : part.member("shards").elements()) {
            shards.add(entry(shard));
            cases += shards.getLast().cases();
        }
        if (cases != part.member("cases").size()) {
            throw part.member("cases").unexpected("the " + cases + " records of its shards");
        }
        double weight = part.member("weight").number();
        if (!(weight > 0)) {
            throw part.member("weight").unexpected("a positive number");
        }
        return new ShardPart((int) cases, weight, part.member("digest").text(), shards);
    }

    private static ShardEntry entry(JsonPart shard) {
        shard.object("file", "cases", "digest");
        String file = shard.member("file").text();
        if (!ShardNames.isOne(file)) {
            throw shard.member("file").unexpected("the name of a shard");
        }
        int cases = shard.member("cases").size();
        if (cases > ShardHeader.MOST_CASES) {
            throw shard.member("cases").unexpected("at most " + ShardHeader.MOST_CASES);
        }
        return new ShardEntry(file, cases, shard.member("digest").text());
    }
}
