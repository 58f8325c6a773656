package io.sightline.app.report.sheet;

import java.nio.ByteBuffer;

/** The table {@code cmap}: Unicode characters to glyphs, by a subtable of format 12 or 4. */
final class CharacterMap {
    private static final int WINDOWS = 3;
    private static final int UNICODE = 0;
    private static final int SEGMENTS = 4;
    private static final int GROUPS = 12;

    private final ByteBuffer file;
    private final int table;
    private final int format;

    private CharacterMap(ByteBuffer file, int table, int format) {
        this.file = file;
        this.table = table;
        this.format = format;
    }

    static CharacterMap read(ByteBuffer file, int cmap) {
        int best = -1;
        int bestFormat = 0;
        int subtables = Short.toUnsignedInt(file.getShort(cmap + 2));
        for (int i = 0; i < subtables; i++) {
            int entry = cmap + 4 + 8 * i;
            int platform = Short.toUnsignedInt(file.getShort(entry));
            int table = cmap + file.getInt(entry + 4);
            int format = Short.toUnsignedInt(file.getShort(table));
            boolean isReadable =
                    (platform == WINDOWS || platform == UNICODE) && (format == SEGMENTS || format == GROUPS);
            if (isReadable && format > bestFormat) {
                best = table;
                bestFormat = format;
            }
        }
        if (best < 0) {
            throw new IllegalArgumentException("a font without a Unicode character map of format 4 or 12");
        }
        return new CharacterMap(file, best, bestFormat);
    }

    /** 0 where the font has no such character. */
    int glyph(int codePoint) {
        return format == GROUPS ? byGroups(codePoint) : bySegments(codePoint);
    }

    private int byGroups(int codePoint) {
        int groups = file.getInt(table + 12);
        for (int i = 0; i < groups; i++) {
            int group = table + 16 + 12 * i;
            if (codePoint >= file.getInt(group) && codePoint <= file.getInt(group + 4)) {
                return file.getInt(group + 8) + codePoint - file.getInt(group);
            }
        }
        return 0;
    }

    private int bySegments(int codePoint) {
        int doubleCount = unsigned(table + 6);
        for (int i = 0; i < doubleCount; i += 2) {
            int end = unsigned(table + 14 + i);
            if (codePoint > end) {
                continue;
            }
            int startAt = table + 16 + doubleCount + i;
            int start = unsigned(startAt);
            if (codePoint < start) {
                return 0;
            }
            int delta = unsigned(startAt + doubleCount);
            int rangeAt = startAt + 2 * doubleCount;
            int range = unsigned(rangeAt);
            int glyph = range == 0 ? codePoint : unsigned(rangeAt + range + 2 * (codePoint - start));
            return range != 0 && glyph == 0 ? 0 : (glyph + delta) & 0xFFFF;
        }
        return 0;
    }

    private int unsigned(int position) {
        return Short.toUnsignedInt(file.getShort(position));
    }
}
