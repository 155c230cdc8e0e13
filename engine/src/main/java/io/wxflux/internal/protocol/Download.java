package io.wxflux.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wxflux.error.HostUnreachableException;
import io.wxflux.error.MediaUnavailableException;
import io.wxflux.error.ProtocolViolationException;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.transport.HttpAnswer;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.transport.HttpCall.Field;
import io.wxflux.internal.transport.HttpStream;
import io.wxflux.internal.wire.BaseAnswer;
import io.wxflux.model.MsgId;
import io.wxflux.model.UserName;
import java.net.URLDecoder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** PROTOCOL 11.3 and 7.6: where each thing is fetched. */
public final class Download {
    /** How long the service may be silent, and an answer be left unread. */
    public static final Duration IDLE = Duration.ofSeconds(30);

    /** A hundred megabytes over a poor line, read by somebody who takes his time. */
    private static final Duration DEADLINE = Duration.ofMinutes(30);

    private static final int LARGEST = 200 * Service.MIB;
    private static final String MAP = "webwxgetpubliclinkimg";
    private static final int MOST_FIELDS = 16;

    /** Of what a contact's path says, this is ours to say: a key is of one session, the size of one wish. */
    private static final Set<String> SET_HERE = Set.of("skey", "type", "chatroomid");

    private Download() {}

    /** One thing at the service, whatever the tokens are when it is asked for. */
    public interface Fetch {
        HttpCall.Builder request(SignedIn signedIn);

        /** Whether the service gives nothing unless a range is asked for. */
        default boolean isRanged() {
            return false;
        }
    }

    /** @param type {@code slave} for the small one, {@code big} for animations, empty for the original */
    public static Fetch image(MsgId id, String type) {
        return signedIn -> {
            HttpCall.Builder call =
                    keyed(signedIn, signedIn.get("webwxgetmsgimg").query("MsgID", id.value()));
            return type.isEmpty() ? call : call.query("type", type);
        };
    }

    public static Fetch voice(MsgId id) {
        return ranged(signedIn -> keyed(signedIn, signedIn.get("webwxgetvoice").query("msgid", id.value())));
    }

    public static Fetch video(MsgId id) {
        return ranged(signedIn -> keyed(signedIn, signedIn.get("webwxgetvideo").query("msgid", id.value())));
    }

    private static HttpCall.Builder keyed(SignedIn signedIn, HttpCall.Builder call) {
        return call.query("skey", signedIn.credentials().skey());
    }

    private static Fetch ranged(Fetch fetch) {
        return new Fetch() {
            @Override
            public HttpCall.Builder request(SignedIn signedIn) {
                return fetch.request(signedIn);
            }

            @Override
            public boolean isRanged() {
                return true;
            }
        };
    }

    /**
     * A file somebody sent.
     *
     * @param parameter {@code encryfilename}, or {@code filename} as older clients have it
     * @param name that goes with it
     */
    public static Fetch file(UserName sender, String mediaId, String parameter, String name) {
        return signedIn -> {
            String ticket = signedIn.service().exchange().cookies().value("webwx_data_ticket");
            return HttpCall.get("webwxgetmedia", signedIn.hosts().file(), Service.CGI + "/webwxgetmedia")
                    .header("Referer", Service.referer(signedIn.hosts().api()))
                    .query("sender", sender.value())
                    .query("mediaid", mediaId)
                    .query(parameter, name)
                    .query("fromuser", signedIn.credentials().uin().value())
                    .query("pass_ticket", signedIn.credentials().passTicket())
                    .query("webwx_data_ticket", ticket == null ? "" : ticket);
        };
    }

    /**
     * A head image, without the number that tells one picture of somebody from the next.
     *
     * @param encryChatRoomId of the room in which they are met; empty for none
     * @param message that introduced a stranger; null for contacts and members
     */
    public static Fetch headImage(UserName who, boolean large, String encryChatRoomId, @Nullable MsgId message) {
        return signedIn -> {
            HttpCall.Builder call =
                    keyed(signedIn, signedIn.get(faces(who)).query("seq", 0).query("username", who.value()));
            sized(call, large, encryChatRoomId);
            return message == null ? call : call.query("msgid", message.value());
        };
    }

    /**
     * A head image where the service said that it is.
     *
     * @param url as the contact has it, without its key
     * @return null when it is no path of this call, or somebody else's picture
     */
    public static @Nullable Fetch headImage(UserName who, String url, boolean large, String encryChatRoomId) {
        List<Field> fields = fields(faces(who), url);
        if (fields == null || fields.stream().noneMatch(field -> field.name().equals("username"))) {
            return null;
        }
        for (Field field : fields) {
            if (field.name().equals("username") && !field.value().equals(who.value())) {
                return null;
            }
        }
        return signedIn -> {
            HttpCall.Builder call = signedIn.get(faces(who));
            for (Field field : fields) {
                if (!SET_HERE.contains(field.name().toLowerCase(Locale.ROOT))) {
                    call.query(field.name(), field.value());
                }
            }
            sized(keyed(signedIn, call), large, encryChatRoomId);
            return call;
        };
    }

    private static String faces(UserName who) {
        return who.isRoom() ? "webwxgetheadimg" : "webwxgeticon";
    }

    private static void sized(HttpCall.Builder call, boolean large, String encryChatRoomId) {
        if (large) {
            call.query("type", "big");
        }
        if (!encryChatRoomId.isEmpty()) {
            call.query("chatroomid", encryChatRoomId);
        }
    }

    /** A look at what this session uploaded. */
    public static Fetch preview(String mediaId) {
        return signedIn -> signedIn.get("webwxpreview").query("fun", "preview").query("mediaid", mediaId);
    }

    /**
     * The picture of a map.
     *
     * @param path as the message has it; what it says is somebody else's, so that it may name this one call only
     * @return null when it is no such path
     */
    public static @Nullable Fetch map(String path) {
        List<Field> fields = fields(MAP, path);
        return fields == null
                ? null
                : signedIn -> {
                    HttpCall.Builder call = signedIn.get(MAP);
                    fields.forEach(field -> call.query(field.name(), field.value()));
                    return call;
                };
    }

    /** The fields of a path that somebody else wrote; null unless it names this call and has a reasonable number. */
    private static @Nullable List<Field> fields(String endpoint, String path) {
        String expected = Service.CGI + "/" + endpoint + "?";
        if (!path.startsWith(expected)) {
            return null;
        }
        String[] pairs = path.substring(expected.length()).split("&", MOST_FIELDS + 1);
        if (pairs.length > MOST_FIELDS) {
            return null;
        }
        List<Field> fields = new ArrayList<>();
        for (String pair : pairs) {
            int equals = pair.indexOf('=');
            if (equals > 0) {
                fields.add(new Field(pair.substring(0, equals), decoded(pair.substring(equals + 1))));
            }
        }
        return fields;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException malformed) {
            return text;
        }
    }

    /**
     * One attempt. <b>Emits</b> an answer that has something in it and looks like media. <b>Errors</b>
     * {@link MediaUnavailableException} for any other, and what its code stands for when it has one.
     *
     * @param from the first byte that is wanted
     * @param isText whether a page is what is expected
     */
    public static Mono<HttpStream> open(SignedIn signedIn, Fetch fetch, long from, boolean isText) {
        return Mono.defer(() -> {
            HttpCall.Builder call = fetch.request(signedIn);
            if (from > 0 || fetch.isRanged()) {
                call.header("Range", "bytes=" + from + "-");
            }
            HttpCall built = call.on(HttpCall.Lane.MEDIA, DEADLINE, LARGEST);
            return signedIn.service().exchange().stream(built, IDLE).map(answer -> {
                try {
                    return checked(built.operation(), answer, isText);
                } catch (WxfluxException e) {
                    answer.discard().run();
                    throw e;
                }
            });
        });
    }

    private static HttpStream checked(String operation, HttpStream answer, boolean isText) {
        int status = answer.status();
        if (status >= 500 || status < 200) {
            ReturnCodes.body(operation, new HttpAnswer(status, null, new byte[0]));
        }
        if (status >= 300) {
            throw new MediaUnavailableException(operation + " was answered with HTTP status " + status
                    + ": the service does not give it, or no longer");
        }
        byte[] first = answer.first();
        if (first.length == 0) {
            throw new MediaUnavailableException(
                    operation + " was answered with nothing at all: the service does not have"
                            + " it yet, or no longer; try again later, or look at it on the phone");
        }
        boolean attached = !answer.contentDisposition().isEmpty();
        if (!attached && MediaTypes.isAnswer(first)) {
            throw refused(operation, first);
        }
        if (!attached && !isText && MediaTypes.isPage(first)) {
            throw new MediaUnavailableException(
                    operation + " was answered with a page instead: the service is in trouble; try again later");
        }
        return answer;
    }

    /** What a code in place of media says. */
    private static WxfluxException refused(String operation, byte[] json) {
        try {
            ReturnCodes.requireAccepted(
                    operation, BaseAnswer.parse(operation, json).ret());
        } catch (ProtocolViolationException | HostUnreachableException unreadable) {
            return new MediaUnavailableException(operation + " was answered with words instead; try again later");
        } catch (WxfluxException e) {
            return e;
        }
        return new MediaUnavailableException(operation + " was answered with a code and without media");
    }
}
