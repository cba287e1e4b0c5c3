package io.quadric.engine.torture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Changes files as somebody would who knows what they are made of: bytes, sizes in headers, numbers and words in text,
/// and what is inside compressed files and archives, which are put together again with the right checksums.
final class Mutation {
    private static final long[] SIZES = {0, 1, -1, 2, 255, 256, 65535, 65536, 1 << 24, 1 << 30, Integer.MAX_VALUE - 8,
        Integer.MAX_VALUE, Integer.MIN_VALUE, 1L << 32, 1L << 40, Long.MAX_VALUE, Long.MIN_VALUE};
    private static final List<String> WORDS = List.of("0", "-1", "1", "7", "2147483647", "2147483648", "4294967296",
            "1e999", "-1e308", "4.9e-324", "1e-999", "0.5", "NaN", "null", "true", "\"\"", "\"x\"", "[]", "{}", "[[[[",
            "}", ",", "\n", "\u0000", "😀", "99999999999999999999999999", "float32", "00", "'", "(1,)", "<f8", "é");
    private static final Pattern TOKEN = Pattern.compile("[-+.\\w]+|\"[^\"]*\"|[\\[\\]{}:,]");

    private final SplittableRandom random;

    Mutation(long seed) {
        random = new SplittableRandom(seed);
    }

    /// A changed copy.
    byte[] of(byte[] file) throws IOException {
        boolean inside = random.nextInt(3) > 0;
        if (inside && file.length > 2 && file[0] == 0x1f && (file[1] & 0xff) == 0x8b) {
            return ofGzip(file);
        } else if (inside && file.length > 2 && file[0] == 'P' && file[1] == 'K') {
            return ofZip(file);
        }
        return damaged(file);
    }

    /// A copy changed where it lies, so that checksums are wrong.
    byte[] damaged(byte[] file) {
        byte[] changed = file;
        for (int i = random.nextInt(4); i >= 0; i--) {
            changed = once(changed);
        }
        return changed;
    }

    private byte[] ofGzip(byte[] file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(file));
                GZIPOutputStream gzip = new GZIPOutputStream(out)) {
            gzip.write(of(in.readAllBytes()));
        }
        return out.toByteArray();
    }

    private byte[] ofZip(byte[] file) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(file));
                ZipOutputStream zip = new ZipOutputStream(out)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                byte[] bytes = in.readAllBytes();
                if (random.nextInt(20) > 0) {
                    zip.putNextEntry(new ZipEntry(entry.getName() + (random.nextInt(20) == 0 ? "x" : "")));
                    zip.write(random.nextInt(2) == 0 ? of(bytes) : bytes);
                    zip.closeEntry();
                }
            }
        }
        return out.toByteArray();
    }

    private byte[] once(byte[] file) {
        if (file.length == 0) {
            return new byte[]{(byte) random.nextInt()};
        }
        return switch (random.nextInt(9)) {
            case 0 -> bit(file.clone());
            case 1 -> size(file.clone());
            case 2 -> Arrays.copyOf(file, random.nextInt(file.length));
            case 3 -> replaced(file, new byte[0], random.nextInt(1, 9));
            case 4 -> replaced(file, part(file), 0);
            case 5 -> replaced(file, part(file), random.nextInt(64));
            case 6 -> replaced(file, random.nextInt(2) == 0 ? new byte[]{(byte) random.nextInt()} : new byte[8], 1);
            default -> word(file);
        };
    }

    private byte[] bit(byte[] file) {
        file[place(file.length)] ^= (byte) (1 << random.nextInt(8));
        return file;
    }

    /// Most of what decides is at the beginning.
    private int place(int length) {
        return random.nextBoolean() ? random.nextInt(length) : random.nextInt(Math.min(length, 256));
    }

    private byte[] size(byte[] file) {
        ByteBuffer buffer = ByteBuffer.wrap(file);
        buffer.order(random.nextBoolean() ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        long value = SIZES[random.nextInt(SIZES.length)];
        int place = place(file.length);
        int width = 1 << random.nextInt(4);
        place = Math.max(0, Math.min(place / width * width, file.length - 8));
        if (file.length >= 8) {
            switch (width) {
                case 1 -> buffer.put(place, (byte) value);
                case 2 -> buffer.putShort(place, (short) value);
                case 4 -> buffer.putInt(place, (int) value);
                default -> buffer.putLong(place, value);
            }
        }
        return file;
    }

    private byte[] part(byte[] file) {
        int from = random.nextInt(file.length);
        return Arrays.copyOfRange(file, from, Math.min(file.length, from + random.nextInt(1, 200)));
    }

    private byte[] replaced(byte[] file, byte[] by, int count) {
        int from = place(file.length);
        int to = Math.min(file.length, from + count);
        byte[] changed = new byte[from + by.length + file.length - to];
        System.arraycopy(file, 0, changed, 0, from);
        System.arraycopy(by, 0, changed, from, by.length);
        System.arraycopy(file, to, changed, from + by.length, file.length - to);
        return changed;
    }

    /// A token of text becomes another one of the same file, or one that is likely to be out of range.
    private byte[] word(byte[] file) {
        int from = random.nextBoolean() ? 0 : random.nextInt(file.length);
        String text = new String(file, from, Math.min(4096, file.length - from), StandardCharsets.ISO_8859_1);
        List<MatchResult> tokens = new ArrayList<>(TOKEN.matcher(text).results().limit(500).toList());
        if (tokens.isEmpty()) {
            return bit(file.clone());
        }
        MatchResult token = tokens.get(random.nextInt(tokens.size()));
        String by = random.nextInt(3) == 0
                ? tokens.get(random.nextInt(tokens.size())).group()
                : WORDS.get(random.nextInt(WORDS.size()));
        String changed = text.substring(0, token.start()) + by + text.substring(token.end());
        ByteArrayOutputStream out = new ByteArrayOutputStream(file.length + 64);
        out.write(file, 0, from);
        out.writeBytes(changed.getBytes(random.nextBoolean() ? StandardCharsets.UTF_8 : StandardCharsets.ISO_8859_1));
        int rest = from + text.length();
        out.write(file, rest, file.length - rest);
        return out.toByteArray();
    }
}
