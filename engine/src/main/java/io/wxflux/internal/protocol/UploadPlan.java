package io.wxflux.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wxflux.error.ProtocolViolationException;
import io.wxflux.internal.transport.HttpCall;
import io.wxflux.internal.wire.UploadBody;
import io.wxflux.model.UserName;
import java.net.URLDecoder;
import java.time.Duration;
import java.time.Instant;

/**
 * The requests of one file on its way up: one ClientMediaId, one {@code uploadmediarequest} and one boundary for all its
 * chunks.
 */
public final class UploadPlan {
    /** Bytes in every chunk but the last; the service refuses larger ones. */
    public static final int CHUNK = 524_288;

    /** A chunk over a slow line; the service itself answers at once. */
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final SignedIn signedIn;
    private final Facts file;
    private final UploadForm form;
    private final byte[] tail;

    /**
     * What is known of a file before it goes up.
     *
     * @param name raw Unicode
     * @param size in bytes
     * @param md5 in small hexadecimal letters
     */
    public record Facts(String name, long size, String md5) {
        @Override
        public String toString() {
            return "Facts[" + size + " bytes]";
        }
    }

    /**
     * @param number counts the uploads of a session, from 0
     * @param clientMediaId of this file alone
     * @param checked the answer of webwxcheckupload, or one with nothing in it
     */
    public UploadPlan(SignedIn signedIn, UserName to, Facts file, int number, long clientMediaId, UploadBody checked) {
        this.signedIn = signedIn;
        this.file = file;
        byte[] request = UploadBody.request(
                signedIn.baseRequest(), signedIn.self(), to, clientMediaId, file.size(), file.md5(), checked);
        Stamps stamps = signedIn.service().stamps();
        String boundary = "----WebKitFormBoundary" + stamps.deviceId();
        this.form = new UploadForm(number, file, Instant.ofEpochMilli(stamps.now()), request, boundary);
        this.tail = form.tail();
    }

    public int chunks() {
        return (int) ((file.size() + CHUNK - 1) / CHUNK);
    }

    /** How many bytes of the file a chunk holds. */
    public int length(int chunk) {
        return (int) Math.min(CHUNK, file.size() - (long) chunk * CHUNK);
    }

    /** The body of a chunk's request, in which the bytes of the file are still to be put, at {@link Body#at}. */
    public Body body(int chunk) {
        SignedIn now = signedIn;
        String ticket = now.service().exchange().cookies().value("webwx_data_ticket");
        if (ticket == null) {
            throw new ProtocolViolationException(
                    "an upload needs the cookie webwx_data_ticket, which the service has not set; sign in again");
        }
        byte[] head =
                form.head(chunk, chunks(), ticket, decoded(now.credentials().passTicket()));
        byte[] all = new byte[head.length + length(chunk) + tail.length];
        System.arraycopy(head, 0, all, 0, head.length);
        System.arraycopy(tail, 0, all, all.length - tail.length, tail.length);
        return new Body(chunk, all, head.length);
    }

    /**
     * One chunk in its form.
     *
     * @param bytes of the whole request
     * @param at where the bytes of the file begin
     */
    public record Body(int chunk, byte[] bytes, int at) {
        @Override
        public String toString() {
            return "Body[chunk " + chunk + "]";
        }
    }

    HttpCall call(Body body) {
        String api = signedIn.hosts().api();
        Duration deadline = signedIn.service().http().requestTimeout();
        return HttpCall.post(
                        "webwxuploadmedia",
                        signedIn.hosts().file(),
                        Service.CGI + "/webwxuploadmedia",
                        body.bytes(),
                        form.contentType())
                .query("f", "json")
                .header("Referer", Service.referer(api))
                .header("Origin", Service.origin(api))
                .on(HttpCall.Lane.UPLOAD, deadline.compareTo(DEADLINE) < 0 ? DEADLINE : deadline, Service.MIB);
    }

    SignedIn signedIn() {
        return signedIn;
    }

    /** The browser sends it decoded here (PROTOCOL 3). */
    private static String decoded(String passTicket) {
        try {
            return URLDecoder.decode(passTicket.replace("+", "%2B"), UTF_8);
        } catch (IllegalArgumentException malformed) {
            return passTicket;
        }
    }
}
