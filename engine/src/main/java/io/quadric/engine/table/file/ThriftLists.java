package io.quadric.engine.table.file;

import java.util.Map;

/// What the lists of a struct hold, by the number of their field, and what those of a struct in it do.
///
/// Source: Apache Parquet, "parquet.thrift".
record ThriftLists(Map<Integer, Element> fields) {
    /// A struct none of whose lists is read.
    static final ThriftLists NONE = new ThriftLists(Map.of());

    private static final Element INT32 = new Element(5, NONE);
    private static final Element TEXT = new Element(8, NONE);
    private static final Element STRUCT = structs(NONE);

    /// An index of the pages of a column.
    static final ThriftLists OFFSET_INDEX = new ThriftLists(Map.of(1, STRUCT));

    private static final ThriftLists GEOSPATIAL_STATISTICS = new ThriftLists(Map.of(2, INT32));
    private static final ThriftLists COLUMN_META_DATA = new ThriftLists(Map.of(
            2, INT32, 3, TEXT, 8, STRUCT, 17, alone(GEOSPATIAL_STATISTICS)));
    private static final ThriftLists COLUMN_CHUNK = new ThriftLists(Map.of(3, alone(COLUMN_META_DATA)));
    private static final ThriftLists ROW_GROUP = new ThriftLists(Map.of(1, structs(COLUMN_CHUNK)));

    /// The description of a file.
    static final ThriftLists FILE_META_DATA = new ThriftLists(Map.of(
            2, STRUCT, 4, structs(ROW_GROUP), 5, STRUCT, 7, STRUCT));

    /// An element of a list, or a struct by itself.
    ///
    /// @param type of the elements of a list, 0 for any
    /// @param lists of the struct
    record Element(int type, ThriftLists lists) {
        static final Element ANY = new Element(0, NONE);
    }

    private static Element structs(ThriftLists lists) {
        return new Element(12, lists);
    }

    private static Element alone(ThriftLists lists) {
        return new Element(0, lists);
    }

    Element of(int field) {
        return fields.getOrDefault(field, Element.ANY);
    }
}
