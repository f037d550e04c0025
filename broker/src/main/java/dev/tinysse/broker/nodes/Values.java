package dev.tinysse.broker.nodes;

import dev.tinysse.broker.codec.ByteSink;
import dev.tinysse.broker.codec.ByteSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Claims and optional texts as bytes. Pure functions. */
final class Values {
    private Values() {}

    static void put(ByteSink to, Optional<String> text) {
        to.putByte(text.isPresent() ? 1 : 0);
        text.ifPresent(to::putText);
    }

    static Optional<String> text(ByteSource from) {
        return from.getText(from.getByte() != 0);
    }

    static void put(ByteSink to, List<String> texts) {
        to.putCount(texts.size());
        texts.forEach(to::putText);
    }

    static List<String> texts(ByteSource from) {
        List<String> texts = new ArrayList<>();
        for (int left = from.getCount(); left > 0; left--) {
            texts.add(from.getText());
        }
        return texts;
    }

    static void put(ByteSink to, Object value) {
        switch (value) {
            case String text -> {
                to.putByte('s');
                to.putText(text);
            }
            case Boolean bool -> to.putByte(bool ? 't' : 'f');
            case Long number -> {
                to.putByte('l');
                to.putLong(number);
            }
            case Double number -> {
                to.putByte('d');
                to.putLong(Double.doubleToLongBits(number));
            }
            case List<?> list -> {
                to.putByte('a');
                to.putCount(list.size());
                list.forEach(element -> put(to, element));
            }
            case Map<?, ?> map -> {
                to.putByte('o');
                to.putCount(map.size());
                map.forEach((name, element) -> {
                    to.putText((String) name);
                    put(to, element);
                });
            }
            default -> throw new IllegalArgumentException("no claim has this type: " + value.getClass());
        }
    }

    static Object value(ByteSource from) {
        int type = from.getByte();
        return switch (type) {
            case 's' -> from.getText();
            case 't' -> true;
            case 'f' -> false;
            case 'l' -> from.getLong();
            case 'd' -> Double.longBitsToDouble(from.getLong());
            case 'a' -> {
                List<Object> list = new ArrayList<>();
                for (int left = from.getCount(); left > 0; left--) {
                    list.add(value(from));
                }
                yield list;
            }
            case 'o' -> map(from);
            default -> throw new IllegalArgumentException("no claim has this type: " + type);
        };
    }

    static Map<String, Object> map(ByteSource from) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int left = from.getCount(); left > 0; left--) {
            map.put(from.getText(), value(from));
        }
        return map;
    }
}
