package io.outcry.engineclient;

import com.google.protobuf.Descriptors.EnumValueDescriptor;
import com.google.protobuf.Descriptors.FieldDescriptor;
import com.google.protobuf.Message;
import java.lang.reflect.RecordComponent;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Wire messages whose fields all differ, and both sides' fields flattened to text under the same
 * names, so that a field that is left out or mixed up shows as a difference.
 */
final class WireSamples {
    private int count = 1;

    /** Sets every field, those of messages within too; a field's value is its own. */
    <M extends Message.Builder> M fill(M message) {
        for (FieldDescriptor field : message.getDescriptorForType().getFields()) {
            if (field.getRealContainingOneof() == null) {
                set(message, field);
            }
        }
        return message;
    }

    void set(Message.Builder message, FieldDescriptor field) {
        Object value = value(message, field);
        if (field.isRepeated()) {
            message.addRepeatedField(field, value);
        } else {
            message.setField(field, value);
        }
    }

    private Object value(Message.Builder message, FieldDescriptor field) {
        count++;
        return switch (field.getJavaType()) {
            case LONG -> (long) count;
            case INT -> field.getName().endsWith("scale") ? scale(field) : count;
            case BOOLEAN -> true;
            case STRING -> "C" + count;
            case ENUM -> lastValue(field);
            case MESSAGE -> fill(message.newBuilderForField(field)).build();
            case FLOAT, DOUBLE, BYTE_STRING -> throw new IllegalStateException(field.getFullName());
        };
    }

    /** Scales are few, and bound to one another. */
    private static int scale(FieldDescriptor field) {
        return switch (field.getName()) {
            case "price_scale" -> 2;
            case "quantity_scale" -> 3;
            default -> 7;
        };
    }

    private static EnumValueDescriptor lastValue(FieldDescriptor field) {
        List<EnumValueDescriptor> values = field.getEnumType().getValues();
        return field.getName().equals("code") ? values.get(3) : values.get(values.size() - 1);
    }

    static Map<String, String> flat(Message message) {
        Map<String, String> fields = new TreeMap<>();
        message.getAllFields().forEach((field, value) -> put(fields, field.getName(), value));
        return fields;
    }

    static Map<String, String> flat(Record record) {
        Map<String, String> fields = new TreeMap<>();
        for (RecordComponent component : record.getClass().getRecordComponents()) {
            put(fields, wireName(component.getName()), component(record, component));
        }
        return fields;
    }

    private static void put(Map<String, String> fields, String name, Object value) {
        if (value instanceof List<?> list) {
            put(fields, name, list.get(0));
        } else if (value instanceof Message message) {
            flat(message).forEach((inner, text) -> fields.put(name + "." + inner, text));
        } else if (value instanceof Record record
                && record.getClass().getRecordComponents().length > 1) {
            flat(record).forEach((inner, text) -> fields.put(name + "." + inner, text));
        } else if (value instanceof Record single) {
            fields.put(
                    name,
                    String.valueOf(component(single, single.getClass().getRecordComponents()[0])));
        } else {
            fields.put(name, String.valueOf(value).replace("CANCELED_", ""));
        }
    }

    private static Object component(Record record, RecordComponent component) {
        try {
            return component.getAccessor().invoke(record);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static String wireName(String name) {
        return name.replaceAll("([A-Z])", "_$1").toLowerCase(Locale.ROOT).replace("_nanos", "");
    }
}
