package io.quadric.engine.table.file;

import dev.hardwood.InputFile;
import dev.hardwood.internal.metadata.DataPageHeaderV2;
import dev.hardwood.internal.metadata.PageHeader;
import dev.hardwood.internal.thrift.OffsetIndexReader;
import dev.hardwood.internal.thrift.PageHeaderReader;
import dev.hardwood.internal.thrift.ThriftCompactReader;
import dev.hardwood.metadata.ColumnChunk;
import dev.hardwood.metadata.ColumnMetaData;
import dev.hardwood.metadata.CompressionCodec;
import dev.hardwood.metadata.PageLocation;
import dev.hardwood.metadata.RowGroup;
import dev.hardwood.reader.ParquetFileReader;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.HashMap;
import java.util.Map;

/// What the pages of a Parquet file say of their sizes, looked at before they are read. Hardwood 1.0.1 takes it as
/// given: it reads for ever where a page is longer than its column, and Snappy's native code writes beyond its buffer
/// where compressed data are longer than the page says. Headers are taken by Hardwood's own classes, which it does not
/// call public, so that they mean the same here and there.
final class ParquetPages {
    private static final int FIRST_PEEK = 1 << 10;
    private static final int LONGEST_PREAMBLE = 10;
    private static final int TRAILER = 8;

    private final InputFile file;
    private final ColumnMetaData column;
    private final long end;

    /// How many bytes each page has, with its header, by its place.
    private final Map<Long, Long> pages = new HashMap<>();

    private ParquetPages(InputFile file, ColumnChunk chunk) throws IOException {
        this.file = file;
        this.column = chunk.metaData();
        this.end = chunk.chunkStartOffset() + column.totalCompressedSize();
        if (chunk.chunkStartOffset() < 0 || column.totalCompressedSize() < 0 || end > file.length()) {
            throw new IOException("column " + column.pathInSchema() + " has " + column.totalCompressedSize()
                    + " bytes from byte " + chunk.chunkStartOffset() + " on, the file " + file.length());
        }
        long values = 0;
        for (long at = chunk.chunkStartOffset(); at < end && values < column.numValues(); at += pages.get(at)) {
            values += values(at);
        }
        if (chunk.offsetIndexOffset() != null) {
            checkIndex(chunk);
        }
    }

    /// Looks at the description of the file, which is at its end, before its length and four letters.
    ///
    /// @throws IOException if it cannot be one
    static void checkFooter(InputFile file) throws IOException {
        int length = file.readRange(file.length() - TRAILER, TRAILER).slice().order(ByteOrder.LITTLE_ENDIAN).getInt();
        ThriftLengths.check(file.readRange(file.length() - TRAILER - length, length), ThriftLists.FILE_META_DATA);
    }

    /// Looks at all pages of all columns.
    ///
    /// @throws IOException if one cannot be what it says
    static void check(ParquetFileReader reader, InputFile file) throws IOException {
        for (RowGroup group : reader.getFileMetaData().rowGroups()) {
            for (ColumnChunk chunk : group.columns()) {
                new ParquetPages(file, chunk);
            }
        }
    }

    /// Looks at a page.
    ///
    /// @return how many values it has
    private int values(long at) throws IOException {
        for (long peek = Math.min(FIRST_PEEK, end - at);; peek = Math.min(4 * peek, end - at)) {
            ByteBuffer bytes = file.readRange(at, Math.toIntExact(peek));
            try {
                ThriftLengths.check(bytes, ThriftLists.NONE);
                ThriftCompactReader reader = new ThriftCompactReader(bytes);
                PageHeader header = PageHeaderReader.read(reader);
                check(header, at, reader.getBytesRead());
                return switch (header.type()) {
                    case DATA_PAGE -> header.dataPageHeader().numValues();
                    case DATA_PAGE_V2 -> header.dataPageHeaderV2().numValues();
                    case DICTIONARY_PAGE, INDEX_PAGE -> 0;
                };
            } catch (EOFException e) {
                if (peek == end - at) {
                    throw new IOException("the header of the page at byte " + at + " is longer than its column", e);
                }
            }
        }
    }

    private void check(PageHeader header, long at, int headerBytes) throws IOException {
        int size = header.uncompressedPageSize();
        int compressed = header.compressedPageSize();
        if (size < 0 || compressed < 0 || compressed > end - at - headerBytes) {
            throw new IOException("the page at byte " + at + " says it has " + compressed + " bytes, " + size
                    + " without compression, where its column has " + (end - at - headerBytes));
        }
        pages.put(at, (long) headerBytes + compressed);
        DataPageHeaderV2 second = header.dataPageHeaderV2();
        boolean hasLevels = header.type() == PageHeader.PageType.DATA_PAGE_V2 && second != null;
        long levels = hasLevels ? levels(second, Math.min(size, compressed), at) : 0;
        if (column.codec() == CompressionCodec.SNAPPY && !(hasLevels && !second.isCompressed())) {
            checkSnappy(at + headerBytes + levels, compressed - levels, size - levels);
        }
    }

    /// The bytes that are not compressed.
    private static long levels(DataPageHeaderV2 header, int most, long at) throws IOException {
        int definition = header.definitionLevelsByteLength();
        int repetition = header.repetitionLevelsByteLength();
        if (definition < 0 || repetition < 0 || (long) definition + repetition > most) {
            throw new IOException("the page at byte " + at + " has levels of " + definition + " and " + repetition
                    + " bytes");
        }
        return (long) definition + repetition;
    }

    /// Snappy's data begin with their length without compression.
    private void checkSnappy(long at, long bytes, long expected) throws IOException {
        if (bytes > 0) {
            int preamble = (int) Math.min(LONGEST_PREAMBLE, bytes);
            long length = new ThriftCompactReader(file.readRange(at, preamble)).readVarint();
            if (length != expected) {
                throw new IOException("the data at byte " + at + " have " + length
                        + " bytes without compression, expected " + expected);
            }
        }
    }

    /// An index may lead to these pages only.
    private void checkIndex(ColumnChunk chunk) throws IOException {
        ByteBuffer index = file.readRange(chunk.offsetIndexOffset(), chunk.offsetIndexLength());
        ThriftLengths.check(index, ThriftLists.OFFSET_INDEX);
        for (PageLocation location : OffsetIndexReader.read(new ThriftCompactReader(index)).pageLocations()) {
            if (pages.getOrDefault(location.offset(), -1L) != location.compressedPageSize()) {
                throw new IOException("the index of column " + column.pathInSchema() + " leads to "
                        + location.compressedPageSize() + " bytes from byte " + location.offset()
                        + " on, where there is no such page");
            }
        }
    }
}
