package io.wxflux.simulator;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

/** Pictures, voices, videos, files and faces on their way down. */
final class DownloadEndpoints {

    private static final Pattern RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");
    private static final long FACE_BYTES = 3_000;

    private final Service service;
    private final SessionCheck check;

    DownloadEndpoints(Service service, SessionCheck check) {
        this.service = service;
        this.check = check;
    }

    Mono<Reply> image(SimRequest request) {
        return ofMessage(request, (media, session) -> {
            String size = request.query("type");
            if (!size.isEmpty() && !size.equals("slave") && !size.equals("big")) {
                session.account().violation(Violation.Kind.BAD_QUERY, "webwxgetmsgimg: type is neither slave nor big");
            }
            if (media instanceof GeneratedContent made) {
                boolean picture = made.contentType().startsWith("image/");
                return whole(
                        size.equals("slave") || !picture
                                ? new GeneratedContent(made.media().thumbnail())
                                : made);
            }
            return whole(media);
        });
    }

    Mono<Reply> voice(SimRequest request) {
        return ofMessage(request, (media, session) -> ranged(request, media));
    }

    Mono<Reply> video(SimRequest request) {
        return ofMessage(
                request,
                (media, session) ->
                        request.header("Range").isEmpty() ? empty(media.contentType()) : ranged(request, media));
    }

    private interface Sender {
        Reply send(Content media, Session session);
    }

    private Mono<Reply> ofMessage(SimRequest request, Sender sender) {
        SessionCheck.Admission admission = check.byQuery(request, HostFamily.Role.API, "skey");
        Session session = admission.session();
        if (session == null) {
            return Mono.just(empty("text/plain"));
        }
        referer(request, session);
        String msgId = request.query("MsgID").isEmpty() ? request.query("msgid") : request.query("MsgID");
        Content media;
        synchronized (session.account()) {
            media = session.account().media().get(msgId);
        }
        if (media == null) {
            session.account()
                    .violation(
                            Violation.Kind.BAD_QUERY, request.call() + ": of a message that has nothing to download");
            return Mono.just(empty("text/plain"));
        }
        return Mono.just(isLost(media) ? empty(media.contentType()) : sender.send(media, session));
    }

    private static boolean isLost(Content media) {
        return media instanceof GeneratedContent made && !made.media().isAvailable();
    }

    private static void referer(SimRequest request, Session session) {
        if (!request.header("Referer").startsWith("https://" + session.family().api() + "/")) {
            session.account()
                    .violation(Violation.Kind.BAD_QUERY, request.call() + ": no Referer of the session's own page");
        }
    }

    // files ----------------------------------------------------------------------------------------------------------

    Mono<Reply> file(SimRequest request) {
        SessionCheck.Admission admission = check.byQuery(request, HostFamily.Role.FILE);
        Session session = admission.session();
        if (session == null) {
            return Mono.just(empty("text/plain"));
        }
        referer(request, session);
        SimAccount account = session.account();
        String name = request.query(request.hasQuery("encryfilename") ? "encryfilename" : "filename");
        String fromUser = request.query("fromuser");
        boolean sender;
        boolean reader;
        Content media;
        synchronized (account) {
            Directory people = account.people();
            sender = people.find(session.names(), request.query("sender")) != null;
            reader = fromUser.equals(Long.toString(account.uin())) || people.find(session.names(), fromUser) != null;
            media = account.media().ofMediaId(request.query("mediaid"));
        }
        require(account, sender, "sender is nobody");
        require(account, reader, "fromuser is not the own uin");
        require(account, !name.isEmpty(), "encryfilename is missing");
        require(
                account,
                session.isWithoutSkey() || !request.query("pass_ticket").isEmpty(),
                "pass_ticket is missing");
        boolean ticket = request.query("webwx_data_ticket").equals(session.dataTicket());
        require(account, ticket, "webwx_data_ticket is missing or not the one of the cookie");
        if (media == null) {
            media = service.files().find(request.query("mediaid"));
            require(account, media != null, "mediaid is of no file");
        }
        if (media == null || !ticket || isLost(media)) {
            return Mono.just(empty("application/octet-stream"));
        }
        String called = nameOf(media);
        // Raw UTF-8: the header's characters are bytes.
        String raw = new String(
                called.getBytes(java.nio.charset.StandardCharsets.UTF_8), java.nio.charset.StandardCharsets.ISO_8859_1);
        return Mono.just(ranged(request, media)
                .withHeader("Content-Disposition", "attachment; filename=\"" + raw.replace("\"", "%22") + "\""));
    }

    private static void require(SimAccount account, boolean right, String otherwise) {
        if (!right) {
            account.violation(Violation.Kind.BAD_QUERY, "webwxgetmedia: " + otherwise);
        }
    }

    private static String nameOf(Content media) {
        if (media instanceof GeneratedContent made) {
            return made.media().fileName();
        }
        return media instanceof UploadedFile file ? file.fileName() : "";
    }

    // faces, maps, previews ------------------------------------------------------------------------------------------

    /** webwxgeticon and webwxgetheadimg: another seq is another picture. */
    Mono<Reply> face(SimRequest request) {
        SessionCheck.Admission admission = check.byQuery(request, HostFamily.Role.API, "skey");
        Session session = admission.session();
        if (session == null) {
            return Mono.just(empty("image/jpeg"));
        }
        SimAccount account = session.account();
        synchronized (account) {
            SimPeer who = account.people().find(session.names(), request.query("username"));
            boolean room = request.call().equals("webwxgetheadimg");
            if (who == null || room != (who.kind() == SimPeer.Kind.ROOM)) {
                account.violation(
                        Violation.Kind.BAD_QUERY, request.call() + ": username is nobody, or of the other call");
                return Mono.just(empty("image/jpeg"));
            }
            long seed = Ids.mix(account.people().realId(who).hashCode() * 1_000L
                    + account.people().pictureOf(who));
            long size = request.query("type").equals("big") ? 4 * FACE_BYTES : FACE_BYTES;
            return Mono.just(whole(new GeneratedContent(SimMedia.of(SimMedia.Form.JPEG, size, seed))));
        }
    }

    /** The map of a place. */
    Mono<Reply> map(SimRequest request) {
        SessionCheck.Admission admission = check.byQuery(request, HostFamily.Role.API);
        Session session = admission.session();
        if (session == null || !request.query("pictype").equals("location")) {
            return Mono.just(empty("image/jpeg"));
        }
        synchronized (session.account()) {
            Content media = session.account().media().get(request.query("msgid"));
            return Mono.just(media == null ? empty("image/jpeg") : whole(media));
        }
    }

    /** A look at what was uploaded. */
    Mono<Reply> preview(SimRequest request) {
        SessionCheck.Admission admission = check.byQuery(request, HostFamily.Role.API);
        Session session = admission.session();
        UploadedFile file = session == null ? null : service.files().find(request.query("mediaid"));
        boolean right =
                request.query("fun").equals("preview") || request.query("fun").equals("upload");
        if (session != null && (!right || file == null)) {
            session.account().violation(Violation.Kind.BAD_QUERY, "webwxpreview: fun or mediaid is wrong");
        }
        return Mono.just(file == null || !right ? empty("image/jpeg") : whole(file));
    }

    // ----------------------------------------------------------------------------------------------------------------

    private static Reply empty(String contentType) {
        return Reply.of(200, contentType, new byte[0]);
    }

    private static Reply whole(Content media) {
        return Reply.part(200, media, 0, media.size());
    }

    private static Reply ranged(SimRequest request, Content media) {
        long[] range = range(request.header("Range"), media.size());
        if (range == null) {
            return whole(media).withHeader("Accept-Ranges", "bytes");
        }
        if (range.length == 0) {
            return Reply.of(416, "text/plain", new byte[0]).withHeader("Content-Range", "bytes */" + media.size());
        }
        return Reply.part(206, media, range[0], range[1])
                .withHeader("Accept-Ranges", "bytes")
                .withHeader("Content-Range", "bytes " + range[0] + "-" + (range[1] - 1) + "/" + media.size());
    }

    /** From and before; null without a usable header, empty when it asks for what is not there. */
    private static long @Nullable [] range(String header, long size) {
        Matcher matcher = RANGE.matcher(header.strip());
        if (!matcher.matches()
                || (matcher.group(1).isEmpty() && matcher.group(2).isEmpty())) {
            return null;
        }
        long from = matcher.group(1).isEmpty()
                ? Math.max(0, size - Long.parseLong(matcher.group(2)))
                : Long.parseLong(matcher.group(1));
        boolean open = matcher.group(2).isEmpty() || matcher.group(1).isEmpty();
        long to = open ? size : Math.min(size, Long.parseLong(matcher.group(2)) + 1);
        return from >= size || to <= from ? new long[0] : new long[] {from, to};
    }
}
