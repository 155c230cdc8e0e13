package io.wxflux.config;

import io.wxflux.model.Uin;
import io.wxflux.options.HttpOptions;
import io.wxflux.options.Secret;
import java.math.BigDecimal;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The kinds of values, each with the rule that a wrong one breaks. */
final class Types {
    private static final Pattern DURATION = Pattern.compile("(\\d{1,9}(?:\\.\\d{1,3})?) ?(ms|s|m|h)");
    private static final Pattern BYTES = Pattern.compile("(\\d{1,12}) ?(B|KiB|MiB|GiB)?");
    private static final Pattern ADDRESS =
            Pattern.compile("(\\[[0-9A-Fa-f:.]{2,45}]|[A-Za-z0-9._-]{1,253}):(\\d{1,5})");

    private static final int KEY_BYTES = 32;

    static final Type<String> TEXT = Type.scalar("text", text -> text);
    static final Type<Secret> SECRET = new Type<>("secret", Type.Shape.SCALAR, true, false, List.of(), Types::secret);
    static final Type<Secret> SECRET_BASE64 =
            new Type<>("secret", Type.Shape.SCALAR, true, false, List.of(), Types::secretBase64);
    static final Type<Secret> KEY = new Type<>("secret", Type.Shape.SCALAR, true, false, List.of(), Types::key);
    static final Type<String> PATH = Type.scalar("path", Types::path);
    static final Type<Boolean> SWITCH = Type.bare("true or false", Types::bool);
    static final Type<InetSocketAddress> ADDRESS_AND_PORT = Type.scalar("host:port", Types::address);
    static final Type<Uin> UIN = Type.scalar("number", Types::uin);
    static final Type<String> PUSH_HOST = Type.scalar("host", Types::pushHost);
    static final Type<String> LINE = Type.scalar("text", Types::line);

    private Types() {}

    static Type<Integer> number(int least, int most) {
        String range = least + " to " + most;
        return Type.bare(range, text -> {
            long value = text.matches("-?\\d{1,18}") ? Long.parseLong(text) : Long.MIN_VALUE;
            if (value < least || value > most) {
                throw new IllegalArgumentException("must be a whole number from " + range);
            }
            return (int) value;
        });
    }

    static Type<Duration> duration(Duration least, Duration most) {
        return Type.scalar("duration", text -> {
            Matcher parts = DURATION.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("must be a duration such as 250ms, 5s, 2m or 1h");
            }
            long unit = switch (parts.group(2)) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                default -> 3_600_000;
            };
            Duration value = Duration.ofMillis(new BigDecimal(parts.group(1))
                    .multiply(BigDecimal.valueOf(unit))
                    .longValue());
            if (value.compareTo(least) < 0 || value.compareTo(most) > 0) {
                throw new IllegalArgumentException("must be from " + show(least) + " to " + show(most));
            }
            return value;
        });
    }

    static Type<Long> bytes(long least, long most) {
        return Type.scalar("size", text -> {
            Matcher parts = BYTES.matcher(text);
            if (!parts.matches()) {
                throw new IllegalArgumentException("must be a size such as 65536, 256KiB, 64MiB or 2GiB");
            }
            String unit = parts.group(2) == null ? "B" : parts.group(2);
            int shift = switch (unit) {
                case "KiB" -> 10;
                case "MiB" -> 20;
                case "GiB" -> 30;
                default -> 0;
            };
            long count = Long.parseLong(parts.group(1));
            if (count > most >> shift) {
                throw new IllegalArgumentException("must be at most " + show(most));
            }
            if (count << shift < least) {
                throw new IllegalArgumentException("must be at least " + show(least));
            }
            return count << shift;
        });
    }

    static Type<String> choice(String... words) {
        List<String> known = List.of(words);
        String title = String.join(" or ", words);
        return new Type<>(title, Type.Shape.SCALAR, false, false, known, text -> {
            if (!known.contains(text)) {
                throw new IllegalArgumentException("must be " + title);
            }
            return text;
        });
    }

    static String show(Duration value) {
        long millis = value.toMillis();
        if (millis == 0 || millis % 1_000 != 0) {
            return millis + "ms";
        }
        long seconds = millis / 1_000;
        if (seconds % 3_600 == 0) {
            return seconds / 3_600 + "h";
        }
        return seconds % 60 == 0 ? seconds / 60 + "m" : seconds + "s";
    }

    static String show(long bytes) {
        for (int shift = 30; shift > 0; shift -= 10) {
            if (bytes >= 1L << shift && bytes % (1L << shift) == 0) {
                return (bytes >> shift) + (shift == 30 ? "GiB" : shift == 20 ? "MiB" : "KiB");
            }
        }
        return Long.toString(bytes);
    }

    private static Secret secretBase64(String text) {
        Secret secret = secret(text);
        try {
            Base64.getDecoder().decode(text);
        } catch (IllegalArgumentException e) {
            // Not chained, and in words of its own: the decoder's name the character.
            throw new IllegalArgumentException("must be base64, on one line");
        }
        return secret;
    }

    /** 256 bits. Messages do not tell what was there instead. */
    static Secret key(String text) {
        int length;
        try {
            length = Base64.getDecoder().decode(text).length;
        } catch (IllegalArgumentException e) {
            length = 0; // Not chained: the decoder's message names the character.
        }
        if (length != KEY_BYTES) {
            throw new IllegalArgumentException("must be 32 bytes in base64; make a key with: openssl rand -base64 32");
        }
        return Secret.of(text);
    }

    private static Secret secret(String text) {
        if (text.isBlank()) {
            throw new IllegalArgumentException("must not be empty");
        }
        return Secret.of(text);
    }

    private static String path(String text) {
        if (text.isBlank() || text.indexOf('\0') >= 0) {
            throw new IllegalArgumentException("must be a path");
        }
        if (text.equals("~") || text.startsWith("~/")) {
            throw new IllegalArgumentException("~ is not expanded here: write ${HOME} instead");
        }
        return text;
    }

    private static Boolean bool(String text) {
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false");
        };
    }

    private static InetSocketAddress address(String text) {
        Matcher parts = ADDRESS.matcher(text);
        int port = parts.matches() ? Integer.parseInt(parts.group(2)) : 0;
        if (port < 1 || port > 65_535) {
            throw new IllegalArgumentException(
                    "must be host:port such as 127.0.0.1:9443 or [::1]:9443, with a port from 1 to 65535");
        }
        String host = parts.group(1);
        return InetSocketAddress.createUnresolved(
                host.startsWith("[") ? host.substring(1, host.length() - 1) : host, port);
    }

    private static String pushHost(String text) {
        try {
            return HttpOptions.defaults()
                    .withPushHosts(List.of(text))
                    .pushHosts()
                    .get(0);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("must be a lower-case host name below qq.com or wechat.com");
        }
    }

    private static Uin uin(String text) {
        if (!text.matches("[1-9]\\d{0,17}")) {
            throw new IllegalArgumentException("must be a positive whole number");
        }
        return new Uin(Long.parseLong(text));
    }

    private static String line(String text) {
        if (text.isBlank() || text.chars().anyMatch(c -> c < 0x20 || c == 0x7f)) {
            throw new IllegalArgumentException("must be one printable line");
        }
        return text;
    }
}
