package io.sightline.embed.platform;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * As much of a 64-bit little-endian ELF file as tells which symbol versions it needs: the section {@code .gnu.version_r}
 * (Linux Standard Base, "Symbol Versioning"; offsets from the System V ABI, chapter 4).
 */
final class ElfFile {
    private static final int MAGIC = 0x464c457f;
    private static final int CLASS_64 = 2;
    private static final int LITTLE_ENDIAN = 1;
    private static final int X86_64 = 62;
    private static final int AARCH64 = 183;
    private static final int VERSION_NEEDS = 0x6ffffffe;

    private final ByteBuffer bytes;

    private ElfFile(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** Empty when the bytes are no library for x86-64 or arm64. */
    static Optional<ElfFile> parse(byte[] file) {
        ByteBuffer bytes = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        boolean isElf = file.length >= 64
                && bytes.getInt(0) == MAGIC
                && file[4] == CLASS_64
                && file[5] == LITTLE_ENDIAN
                && (bytes.getShort(18) == X86_64 || bytes.getShort(18) == AARCH64);
        return isElf ? Optional.of(new ElfFile(bytes)) : Optional.empty();
    }

    /** Every version that it needs of any library, with those that have no number left out. */
    List<SymbolVersion> needs() {
        List<SymbolVersion> needs = new ArrayList<>();
        for (int i = 0; i < Short.toUnsignedInt(bytes.getShort(60)); i++) {
            int header = sectionHeader(i);
            if (bytes.getInt(header + 4) == VERSION_NEEDS) {
                addNeeds(header, needs);
            }
        }
        return needs;
    }

    private void addNeeds(int header, List<SymbolVersion> needs) {
        int names = offset(sectionHeader(bytes.getInt(header + 40)) + 24);
        int library = offset(header + 24);
        for (int left = bytes.getInt(header + 44); left > 0; left--) {
            int version = library + bytes.getInt(library + 8);
            for (int more = Short.toUnsignedInt(bytes.getShort(library + 2)); more > 0; more--) {
                SymbolVersion.parse(text(names + bytes.getInt(version + 8))).ifPresent(needs::add);
                version += bytes.getInt(version + 12);
            }
            library += bytes.getInt(library + 12);
        }
    }

    private int sectionHeader(int index) {
        return offset(40) + index * Short.toUnsignedInt(bytes.getShort(58));
    }

    private int offset(int at) {
        return Math.toIntExact(bytes.getLong(at));
    }

    private String text(int from) {
        int end = from;
        while (bytes.get(end) != 0) {
            end++;
        }
        byte[] characters = new byte[end - from];
        bytes.get(from, characters);
        return new String(characters, StandardCharsets.US_ASCII);
    }
}
