import com.googlecode.pngtastic.core.processing.zopfli.Options;
import com.googlecode.pngtastic.core.processing.zopfli.Zopfli;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.lang.classfile.AccessFlags;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassFile.ClassHierarchyResolverOption;
import java.lang.classfile.ClassFile.ConstantPoolSharingOption;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.FieldModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.InnerClassInfo;
import java.lang.classfile.attribute.InnerClassesAttribute;
import java.lang.classfile.attribute.MethodParametersAttribute;
import java.lang.classfile.attribute.SignatureAttribute;
import java.lang.reflect.AccessFlag;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Writes a jar anew, every entry compressed by Zopfli, whose output is ordinary DEFLATE and some per cent smaller, and
 * classes without what only compilers of the same package read: the generic types of what is neither public nor
 * protected, the flags of parameters, and that MethodHandles.Lookup is nested. The entries, their order and times stay.
 * Run by the build: java -cp LIBRARIES Recompress.java JAR CLASSPATH, where the class path has the classes of the jar
 * and those they use.
 */
final class Recompress {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int END = 0x06054b50;
    private static final int VERSION = 20;
    private static final int NAMES_ARE_UTF8 = 1 << 11;
    private static final int DEFLATED = 8;
    private static final int ENTRIES_AT_MOST = 0xffff;
    /** What every class with a lambda says is a nested class. */
    private static final String LOOKUP = "java/lang/invoke/MethodHandles$Lookup";
    /** Bytes from which on it pays to split an entry into blocks, which takes ten times as long. */
    private static final int LARGE = 3000;

    private final ByteArrayOutputStream file = new ByteArrayOutputStream();
    private final ByteArrayOutputStream directory = new ByteArrayOutputStream();
    private final Zopfli zopfli = new Zopfli(1 << 15);
    private final ClassFile format;

    private Recompress(ClassLoader classes) {
        format = ClassFile.of(
                ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)
                        .orElse(ClassHierarchyResolver.defaultResolver())),
                ConstantPoolSharingOption.NEW_POOL);
    }

    public static void main(String[] args) throws IOException {
        Path jar = Path.of(args[0]);
        List<URL> path = new ArrayList<>();
        for (String element : args[1].split(File.pathSeparator)) {
            path.add(Path.of(element).toUri().toURL());
        }
        byte[] smaller;
        try (URLClassLoader classes = new URLClassLoader(path.toArray(URL[]::new))) {
            smaller = new Recompress(classes).again(jar);
        }
        if (smaller.length < Files.size(jar)) {
            Files.write(jar, smaller);
        }
    }

    private byte[] again(Path jar) throws IOException {
        try (ZipFile zip = new ZipFile(jar.toFile())) {
            List<? extends ZipEntry> entries = zip.stream().toList();
            if (entries.size() > ENTRIES_AT_MOST) {
                throw new IOException(jar + ": " + entries.size() + " entries, expected at most " + ENTRIES_AT_MOST);
            }
            for (ZipEntry entry : entries) {
                byte[] content = zip.getInputStream(entry).readAllBytes();
                boolean isClass = entry.getName().endsWith(".class") && !entry.getName().equals("module-info.class");
                add(entry, isClass ? withoutHiddenTypes(format.parse(content)) : content);
            }
            int start = file.size();
            directory.writeTo(file);
            file.write(bytes(22).putInt(END).putInt(0).putShort((short) entries.size())
                    .putShort((short) entries.size()).putInt(directory.size()).putInt(start).array());
            return file.toByteArray();
        }
    }

    private byte[] withoutHiddenTypes(ClassModel type) {
        boolean hidden = isHidden(type.flags());
        return format.transformClass(type, (builder, element) -> {
            switch (element) {
                case SignatureAttribute _ when hidden -> { }
                case InnerClassesAttribute inner -> {
                    List<InnerClassInfo> others = inner.classes().stream()
                            .filter(c -> !c.innerClass().asInternalName().equals(LOOKUP)).toList();
                    if (!others.isEmpty()) {
                        builder.with(InnerClassesAttribute.of(others));
                    }
                }
                case FieldModel field when hidden || isHidden(field.flags()) ->
                    builder.transformField(field, (to, e) -> {
                        if (!(e instanceof SignatureAttribute)) {
                            to.with(e);
                        }
                    });
                case MethodModel method -> {
                    boolean types = !hidden && !isHidden(method.flags());
                    builder.transformMethod(method, (to, e) -> {
                        if (!(e instanceof MethodParametersAttribute) && (types || !(e instanceof SignatureAttribute))) {
                            to.with(e);
                        }
                    });
                }
                default -> builder.with(element);
            }
        });
    }

    private static boolean isHidden(AccessFlags flags) {
        return !flags.has(AccessFlag.PUBLIC) && !flags.has(AccessFlag.PROTECTED);
    }

    private void add(ZipEntry entry, byte[] content) throws IOException {
        ByteArrayOutputStream deflated = new ByteArrayOutputStream();
        Options.BlockSplitting splitting = content.length > LARGE
                ? Options.BlockSplitting.FIRST
                : Options.BlockSplitting.NONE;
        zopfli.compress(new Options(Options.OutputFormat.DEFLATE, splitting, 15), content, deflated);
        boolean isSmaller = deflated.size() < content.length;
        byte[] data = isSmaller ? deflated.toByteArray() : content;
        byte[] name = entry.getName().getBytes(StandardCharsets.UTF_8);
        CRC32 crc = new CRC32();
        crc.update(content);
        LocalDateTime time = entry.getTimeLocal();
        byte[] common = bytes(26).putShort((short) VERSION).putShort((short) NAMES_ARE_UTF8)
                .putShort((short) (isSmaller ? DEFLATED : 0))
                .putShort((short) (time.getHour() << 11 | time.getMinute() << 5 | time.getSecond() / 2))
                .putShort((short) (time.getYear() - 1980 << 9 | time.getMonthValue() << 5 | time.getDayOfMonth()))
                .putInt((int) crc.getValue()).putInt(data.length).putInt(content.length)
                .putShort((short) name.length).array();
        directory.write(bytes(6).putInt(CENTRAL).putShort((short) VERSION).array());
        directory.write(common);
        directory.write(bytes(14).putInt(10, file.size()).array());
        directory.write(name);
        file.write(bytes(4).putInt(LOCAL).array());
        file.write(common);
        file.write(name);
        file.write(data);
    }

    private static ByteBuffer bytes(int count) {
        return ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
    }
}
