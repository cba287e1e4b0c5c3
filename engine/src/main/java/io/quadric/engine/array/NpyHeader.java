package io.quadric.engine.array;

import io.quadric.engine.InputException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/// The header of a `.npy` array (NumPy Enhancement Proposal 1, versions 1 to 3): a magic string, a version, a length
/// and a Python dictionary with type, order and shape.
///
/// @param type of the elements
/// @param fortran whether the first axis runs fastest
/// @param shape lengths of the axes
record NpyHeader(ElementType type, boolean fortran, int[] shape) {
    private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
    private static final int LONGEST = 1 << 16;
    private static final int ALIGNMENT = 64;

    private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*('[^']*'|\\[.*])", Pattern.DOTALL);
    private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([^)]*)\\)");

    /// What a character code of NumPy means that is not read.
    private static final List<String> OTHERS = List.of(
            "O:Python objects (pickled)", "U:texts", "S:bytes", "a:bytes", "V:records", "c:complex numbers",
            "M:dates", "m:time spans", "u8:unsigned 64-bit numbers", "f16:numbers of 128 bits",
            "f12:numbers of 96 bits");

    /// Reads a header.
    static NpyHeader read(InputStream in) throws IOException {
        byte[] start = in.readNBytes(MAGIC.length + 2);
        if (start.length < MAGIC.length + 2 || !Arrays.equals(Arrays.copyOf(start, MAGIC.length), MAGIC)) {
            throw new InputException("not an array of NumPy: it does not begin with \\x93NUMPY");
        }
        int version = start[MAGIC.length];
        if (version < 1 || version > 3) {
            throw new InputException("version " + version + " of NumPy's format, expected 1 to 3");
        }
        int width = version == 1 ? 2 : 4;
        byte[] size = Arrays.copyOf(in.readNBytes(width), 4);
        long length = ByteBuffer.wrap(size).order(ByteOrder.LITTLE_ENDIAN).getInt() & 0xffff_ffffL;
        if (length > LONGEST) {
            throw new InputException("a header of " + length + " bytes, expected at most " + LONGEST);
        }
        byte[] text = in.readNBytes((int) length);
        if (text.length < length) {
            throw new InputException("truncated header of " + text.length + " bytes, expected " + length);
        }
        return parse(new String(text, StandardCharsets.UTF_8));
    }

    private static NpyHeader parse(String text) {
        String descr = find(DESCR, "descr", text);
        String order = find(ORDER, "fortran_order", text);
        return new NpyHeader(type(descr), order.equals("True"), shape(find(SHAPE, "shape", text)));
    }

    private static String find(Pattern pattern, String key, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new InputException("no '" + key + "' in the header '" + text.strip() + "'");
        }
        return matcher.group(1);
    }

    private static ElementType type(String descr) {
        String code = descr.replace("'", "");
        if (descr.startsWith("[")) {
            throw new InputException("the elements are records (" + descr + "), expected numbers");
        }
        if (code.startsWith(">")) {
            throw new InputException("the elements are big-endian ('" + code + "'), expected little-endian; "
                    + "a.astype(a.dtype.newbyteorder('<')) converts them");
        }
        String plain = code.startsWith("<") || code.startsWith("|") || code.startsWith("=") ? code.substring(1) : code;
        return ElementType.ofNumpy(plain).orElseThrow(() -> new InputException(
                "the elements are " + other(plain).orElse("unknown") + " ('" + code + "'), expected one of "
                        + known()));
    }

    private static Optional<String> other(String code) {
        return OTHERS.stream()
                .filter(other -> code.startsWith(other.substring(0, other.indexOf(':'))))
                .map(other -> other.substring(other.indexOf(':') + 1))
                .findFirst();
    }

    private static String known() {
        return Arrays.stream(ElementType.values())
                .map(ElementType::numpy)
                .filter(name -> !name.isEmpty())
                .collect(Collectors.joining(", "));
    }

    private static int[] shape(String text) {
        String[] lengths = text.isBlank() ? new String[0] : text.split(",");
        int[] shape = new int[lengths.length];
        for (int i = 0; i < shape.length; i++) {
            try {
                shape[i] = Integer.parseInt(lengths[i].strip().replaceAll("L$", ""));
            } catch (NumberFormatException e) {
                throw new InputException("shape (" + text + "), expected whole numbers below 2^31");
            }
            if (shape[i] < 0) {
                throw new InputException("shape (" + text + "), expected no negative length");
            }
        }
        return shape;
    }

    /// The header of version 1, padded so that the elements begin at a multiple of 64 bytes.
    byte[] toBytes() {
        String lengths = Arrays.stream(shape).mapToObj(n -> n + ",").collect(Collectors.joining(" "));
        String sign = type.bytes() == 1 ? "|" : "<";
        String text = "{'descr': '" + sign + type.numpy() + "', 'fortran_order': " + (fortran ? "True" : "False")
                + ", 'shape': (" + (shape.length > 1 ? lengths.substring(0, lengths.length() - 1) : lengths) + "), }";
        int before = MAGIC.length + 4;
        int length = Math.ceilDiv(before + text.length() + 1, ALIGNMENT) * ALIGNMENT - before;
        ByteBuffer header = ByteBuffer.allocate(before + length).order(ByteOrder.LITTLE_ENDIAN);
        header.put(MAGIC).put((byte) 1).put((byte) 0).putShort((short) length);
        header.put((text + " ".repeat(length - text.length() - 1) + "\n").getBytes(StandardCharsets.US_ASCII));
        return header.array();
    }
}
