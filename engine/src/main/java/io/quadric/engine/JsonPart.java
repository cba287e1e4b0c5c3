package io.quadric.engine;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.io.JsonEOFException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A value of a JSON document with the path that leads to it. Every getter checks the kind of value.
///
/// @param path such as `layers[3].units`; empty for the document
/// @param node the value
public record JsonPart(String path, JsonNode node) {
    private static final int DEEPEST = 200;
    private static final int LONGEST = 1_000_000;
    private static final JsonMapper MAPPER = JsonMapper.builder(
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(DEEPEST)
                                    .maxStringLength(LONGEST)
                                    .build())
                    .build())
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /// {@return the document that a text is}
    ///
    /// @param text a JSON document in which no object has two members of the same name
    /// @throws InputException if it is not JSON
    public static JsonPart parse(String text) {
        try {
            JsonNode document = MAPPER.readTree(text);
            if (document.isMissingNode()) {
                throw new InputException("empty, expected a JSON document");
            }
            return document(document);
        } catch (StreamConstraintsException e) {
            throw new InputException(
                    "a document nested deeper than " + DEEPEST + " levels, or with a number or text of "
                            + "more than a million characters, expected less");
        } catch (JsonProcessingException e) {
            JsonLocation at = e.getLocation();
            String place = at == null ? "" : " at line " + at.getLineNr() + ", column " + at.getColumnNr();
            throw new InputException("not JSON, " + fault(e) + place);
        }
    }

    /// What is wrong, without the parser's own words.
    private static String fault(JsonProcessingException e) {
        String message = e.getOriginalMessage();
        if (message.startsWith("Duplicate field")) {
            return "two members" + message.substring("Duplicate field".length());
        }
        if (e instanceof JsonEOFException) {
            return "the document ends too early";
        }
        return e instanceof MismatchedInputException ? "something follows the document" : "malformed";
    }

    /// {@return the whole document}
    ///
    /// @param node its value
    public static JsonPart document(JsonNode node) {
        return new JsonPart("", node);
    }

    /// Checks that this is an object and has no other members.
    ///
    /// @param known the names that may be there
    /// @return this
    /// @throws InputException if it is no object or has another member
    public JsonPart object(String... known) {
        if (!node.isObject()) {
            throw unexpected("an object");
        }
        for (String name : (Iterable<String>) node::fieldNames) {
            if (!List.of(known).contains(name)) {
                throw new InputException("unknown member '" + name + "' " + place() + ", expected "
                        + String.join(", ", known));
            }
        }
        return this;
    }

    /// {@return the member of that name}
    ///
    /// @param name the name
    /// @throws InputException if there is none
    public JsonPart member(String name) {
        return optional(name)
                .orElseThrow(() -> new InputException("member '" + name + "' is missing " + place()));
    }

    /// {@return the member of that name, if there is one}
    ///
    /// @param name the name
    public Optional<JsonPart> optional(String name) {
        JsonNode member = node.get(name);
        return Optional.ofNullable(member).map(value -> new JsonPart(path.isEmpty() ? name : path + "." + name, value));
    }

    /// {@return the elements of this array}
    ///
    /// @throws InputException if it is no array
    public List<JsonPart> elements() {
        if (!node.isArray()) {
            throw unexpected("an array");
        }
        List<JsonPart> elements = new ArrayList<>();
        for (int i = 0; i < node.size(); i++) {
            elements.add(new JsonPart(path + "[" + i + "]", node.get(i)));
        }
        return elements;
    }

    /// {@return the members of this object by name, in order}
    ///
    /// @throws InputException if it is no object
    public Map<String, JsonPart> members() {
        if (!node.isObject()) {
            throw unexpected("an object");
        }
        Map<String, JsonPart> members = new LinkedHashMap<>();
        node.fieldNames().forEachRemaining(name -> members.put(name, member(name)));
        return members;
    }

    /// {@return the whole numbers, each at least 1, of this array}
    ///
    /// @param count how many there must be
    /// @throws InputException if it is anything else
    public int[] sizes(int count) {
        List<JsonPart> elements = elements();
        if (elements.size() != count) {
            throw unexpected("an array of " + count + " sizes");
        }
        return elements.stream().mapToInt(JsonPart::size).toArray();
    }

    /// {@return this whole number of at least 1}
    ///
    /// @throws InputException if it is anything else
    public int size() {
        return size(1);
    }

    /// {@return this whole number}
    ///
    /// @param least the least that it may be
    /// @throws InputException if it is anything else
    public int size(int least) {
        if (!node.isIntegralNumber() || !node.canConvertToInt() || node.intValue() < least) {
            throw unexpected("a whole number of at least " + least);
        }
        return node.intValue();
    }

    /// {@return this whole number of at least 0}
    ///
    /// @throws InputException if it is anything else
    public long count() {
        if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
            throw unexpected("a whole number of at least 0");
        }
        return node.longValue();
    }

    /// {@return the constant of an enum for which this string is the word, as in [Words]}
    ///
    /// @param <E> the enum
    /// @param type the enum
    /// @throws InputException if it is anything else
    public <E> E word(Class<E> type) {
        String word = text();
        try {
            return Words.constant(type, word);
        } catch (IllegalArgumentException e) {
            throw new InputException(node + " " + place() + ", " + e.getMessage());
        }
    }

    /// {@return this number}
    ///
    /// @throws InputException if it is anything else
    public double number() {
        if (!node.isNumber() || !Double.isFinite(node.doubleValue())) {
            throw unexpected(node.isNumber() ? "a finite number" : "a number");
        }
        return node.doubleValue();
    }

    /// {@return this truth value}
    ///
    /// @throws InputException if it is anything else
    public boolean flag() {
        if (!node.isBoolean()) {
            throw unexpected("true or false");
        }
        return node.booleanValue();
    }

    /// {@return this string}
    ///
    /// @throws InputException if it is anything else
    public String text() {
        if (!node.isTextual()) {
            throw unexpected("a string");
        }
        return node.textValue();
    }

    /// {@return "at" and the path, for messages}
    public String place() {
        return path.isEmpty() ? "in the document" : "at " + path;
    }

    /// {@return an exception that says what is there and what should be}
    ///
    /// @param expected what should be there
    public InputException unexpected(String expected) {
        String found = node.toString();
        String shown = found.length() > 40 ? found.substring(0, 40) + "…" : found;
        return new InputException(shown + " " + place() + ", expected " + expected);
    }
}
