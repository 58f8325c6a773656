package io.sightline.contracts;

import com.google.protobuf.DescriptorProtos.DescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumDescriptorProto;
import com.google.protobuf.DescriptorProtos.EnumValueDescriptorProto;
import com.google.protobuf.DescriptorProtos.FieldDescriptorProto;
import com.google.protobuf.DescriptorProtos.FileDescriptorProto;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a {@code .proto} promised when it was released and promises no longer, by its compiled form. A field keeps number, name, type and
 * label; one that goes leaves its number and its name reserved, so that neither is ever used again. The same for the words of an enum.
 */
final class ProtoChanges {
    private final List<String> breaches = new ArrayList<>();

    private ProtoChanges() {}

    /** A sentence for each; empty where every consumer can go on. */
    static List<String> breaches(FileDescriptorProto released, FileDescriptorProto current) {
        ProtoChanges changes = new ProtoChanges();
        changes.same("package", released.getPackage(), current.getPackage());
        changes.same("syntax", released.getSyntax(), current.getSyntax());
        changes.same("options", released.getOptions(), current.getOptions());
        changes.messages("", released.getMessageTypeList(), current.getMessageTypeList());
        changes.enums("", released.getEnumTypeList(), current.getEnumTypeList());
        return List.copyOf(changes.breaches);
    }

    private void messages(String in, List<DescriptorProto> released, List<DescriptorProto> current) {
        Map<String, DescriptorProto> byName = by(DescriptorProto::getName, current);
        for (DescriptorProto was : released) {
            DescriptorProto is = byName.get(was.getName());
            if (is == null) {
                breaches.add(in + was.getName() + ": the message is gone");
            } else {
                message(in + was.getName(), was, is);
            }
        }
    }

    private void message(String at, DescriptorProto released, DescriptorProto current) {
        Map<Integer, FieldDescriptorProto> byNumber = by(FieldDescriptorProto::getNumber, current.getFieldList());
        for (FieldDescriptorProto was : released.getFieldList()) {
            FieldDescriptorProto is = byNumber.get(was.getNumber());
            if (is == null) {
                gone(at, was.getName(), was.getNumber(), reserves(current, was.getName(), was.getNumber()));
            } else {
                field(at + "." + was.getName(), released, was, current, is);
            }
        }
        released.getReservedNameList().stream()
                .filter(name -> !current.getReservedNameList().contains(name))
                .forEach(name -> breaches.add(at + ": the name " + name + " is no longer reserved"));
        released.getReservedRangeList().stream()
                .flatMapToInt(range -> IntStream.range(range.getStart(), range.getEnd()))
                .filter(number -> !reservesNumber(current, number))
                .forEach(number -> breaches.add(at + ": the number " + number + " is no longer reserved"));
        messages(at + ".", released.getNestedTypeList(), current.getNestedTypeList());
        enums(at + ".", released.getEnumTypeList(), current.getEnumTypeList());
    }

    private void field(
            String at,
            DescriptorProto released,
            FieldDescriptorProto was,
            DescriptorProto now,
            FieldDescriptorProto is) {
        same(at + " = " + was.getNumber() + ": name", was.getName(), is.getName());
        same(at + ": type", type(was), type(is));
        same(at + ": label", was.getLabel(), is.getLabel());
        same(at + ": packed", was.getOptions().getPacked(), is.getOptions().getPacked());
        same(at + ": presence", was.getProto3Optional(), is.getProto3Optional());
        same(at + ": oneof", oneof(released, was), oneof(now, is));
    }

    private void enums(String in, List<EnumDescriptorProto> released, List<EnumDescriptorProto> current) {
        Map<String, EnumDescriptorProto> byName = by(EnumDescriptorProto::getName, current);
        for (EnumDescriptorProto was : released) {
            EnumDescriptorProto is = byName.get(was.getName());
            if (is == null) {
                breaches.add(in + was.getName() + ": the enum is gone");
            } else {
                words(in + was.getName(), was, is);
            }
        }
    }

    private void words(String at, EnumDescriptorProto released, EnumDescriptorProto current) {
        Map<Integer, EnumValueDescriptorProto> byNumber =
                by(EnumValueDescriptorProto::getNumber, current.getValueList());
        for (EnumValueDescriptorProto was : released.getValueList()) {
            EnumValueDescriptorProto is = byNumber.get(was.getNumber());
            if (is == null) {
                boolean isReserved = current.getReservedNameList().contains(was.getName())
                        && current.getReservedRangeList().stream()
                                .anyMatch(range ->
                                        range.getStart() <= was.getNumber() && was.getNumber() <= range.getEnd());
                gone(at, was.getName(), was.getNumber(), isReserved);
            } else {
                same(at + " = " + was.getNumber() + ": name", was.getName(), is.getName());
            }
        }
    }

    private void gone(String at, String name, int number, boolean isReserved) {
        if (!isReserved) {
            breaches.add(at + "." + name + ": gone without 'reserved " + number + "; reserved \"" + name + "\";'");
        }
    }

    private static boolean reserves(DescriptorProto message, String name, int number) {
        return message.getReservedNameList().contains(name) && reservesNumber(message, number);
    }

    private static boolean reservesNumber(DescriptorProto message, int number) {
        return message.getReservedRangeList().stream()
                .anyMatch(range -> range.getStart() <= number && number < range.getEnd());
    }

    private static String type(FieldDescriptorProto field) {
        return field.getType() + field.getTypeName();
    }

    private static String oneof(DescriptorProto message, FieldDescriptorProto field) {
        return field.hasOneofIndex()
                ? message.getOneofDecl(field.getOneofIndex()).getName()
                : "none";
    }

    private static <K, V> Map<K, V> by(Function<V, K> key, List<V> all) {
        return all.stream().collect(Collectors.toMap(key, Function.identity()));
    }

    private void same(String what, Object was, Object is) {
        if (!was.equals(is)) {
            breaches.add(what + " was " + was + " and is " + is);
        }
    }
}
