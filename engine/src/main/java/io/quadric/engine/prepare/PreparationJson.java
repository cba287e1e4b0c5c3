package io.quadric.engine.prepare;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quadric.engine.InputException;
import io.quadric.engine.JsonPart;
import io.quadric.engine.table.ColumnType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Preparations as JSON.
///
/// `features` has an object for each column, with its `column`: `number` with `shift`, `factor`, `fill` (left out if
/// missing numbers are an error) and `indicator`; or `categories`, an array of texts, with `missing` and `unseen`, each
/// the place of an input, -1 for zeros in all inputs or -2 for an error. `target` has either `classes`, an array of
/// texts, with `column` and `type`, or `numbers`, an array of objects with `column`, `shift` and `factor`. `sequence`,
/// if there is one, is the column that says which sequence a row belongs to.
public final class PreparationJson {
    private PreparationJson() {}

    /// {@return the description}
    ///
    /// @param preparation what is described
    public static ObjectNode write(Preparation preparation) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        ArrayNode features = node.putArray("features");
        preparation.features().encoders().forEach(encoder -> write(encoder, features.addObject()));
        ObjectNode target = node.putObject("target");
        switch (preparation.target()) {
            case ClassTarget classes -> {
                target.put("column", classes.column()).put("type", classes.type().label());
                classes.classes().forEach(target.putArray("classes")::add);
            }
            case NumberTarget numbers -> {
                ArrayNode list = target.putArray("numbers");
                for (int j = 0; j < numbers.width(); j++) {
                    write(numbers.scales().get(j), list.addObject().put("column", numbers.columns().get(j)));
                }
            }
        }
        preparation.sequence().ifPresent(name -> node.put("sequence", name));
        return node;
    }

    private static void write(FeatureEncoder encoder, ObjectNode node) {
        node.put("column", encoder.column());
        switch (encoder) {
            case NumberEncoder number -> {
                node.put("type", ColumnType.NUMERIC.label());
                write(number.scale(), node);
                if (!Double.isNaN(number.fill())) {
                    node.put("fill", number.fill());
                }
                node.put("indicator", number.indicator());
            }
            case CategoryEncoder category -> {
                node.put("type", ColumnType.CATEGORICAL.label());
                category.categories().forEach(node.putArray("categories")::add);
                node.put("missing", category.missing()).put("unseen", category.unseen());
            }
        }
    }

    private static void write(AffineMap scale, ObjectNode node) {
        node.put("shift", scale.shift()).put("factor", scale.factor());
    }

    /// {@return the preparation that is described}
    ///
    /// @param part an object with `features` and `target`
    /// @throws InputException if it describes none
    public static Preparation read(JsonPart part) {
        part.object("features", "target", "sequence");
        List<FeatureEncoder> encoders = new ArrayList<>();
        part.member("features").elements().forEach(feature -> encoders.add(encoder(feature)));
        if (encoders.isEmpty()) {
            throw part.member("features").unexpected("at least one column");
        }
        return new Preparation(
                new FeatureEncoding(encoders),
                target(part.member("target")),
                part.optional("sequence").map(JsonPart::text));
    }

    private static FeatureEncoder encoder(JsonPart part) {
        String column = part.member("column").text();
        if (part.optional("categories").isPresent()) {
            part.object("column", "type", "categories", "missing", "unseen");
            List<String> categories = texts(part.member("categories"));
            return new CategoryEncoder(
                    column, categories, place(part, "missing", categories), place(part, "unseen", categories));
        }
        part.object("column", "type", "shift", "factor", "fill", "indicator");
        double fill = part.optional("fill").map(JsonPart::number).orElse(Double.NaN);
        return new NumberEncoder(column, scale(part), fill, part.member("indicator").flag());
    }

    private static List<String> texts(JsonPart part) {
        return part.elements().stream().map(JsonPart::text).toList();
    }

    private static int place(JsonPart part, String name, List<String> categories) {
        JsonPart place = part.member(name);
        double value = place.number();
        if (value != Math.rint(value) || value < CategoryEncoder.REFUSED || value > categories.size() + 1) {
            throw place.unexpected("the place of an input, or -1 or -2");
        }
        return (int) value;
    }

    private static AffineMap scale(JsonPart part) {
        try {
            return new AffineMap(part.member("shift").number(), part.member("factor").number());
        } catch (IllegalArgumentException e) {
            throw new InputException(e.getMessage() + " " + part.place());
        }
    }

    private static TargetEncoding target(JsonPart part) {
        Optional<JsonPart> classes = part.optional("classes");
        if (classes.isPresent()) {
            part.object("column", "type", "classes");
            String type = part.member("type").text();
            boolean numeric = type.equals(ColumnType.NUMERIC.label());
            if (!numeric && !type.equals(ColumnType.CATEGORICAL.label())) {
                throw part.member("type").unexpected("numeric or categorical");
            }
            return new ClassTarget(part.member("column").text(),
                    numeric ? ColumnType.NUMERIC : ColumnType.CATEGORICAL, texts(classes.get()));
        }
        part.object("numbers");
        List<JsonPart> numbers = part.member("numbers").elements();
        if (numbers.isEmpty()) {
            throw part.member("numbers").unexpected("at least one column");
        }
        return new NumberTarget(
                numbers.stream().map(number -> number.member("column").text()).toList(),
                numbers.stream().map(PreparationJson::scale).toList());
    }
}
