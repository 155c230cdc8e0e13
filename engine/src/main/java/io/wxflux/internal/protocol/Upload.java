package io.wxflux.internal.protocol;

import io.wxflux.error.RequestRefusedException;
import io.wxflux.internal.wire.UploadBody;
import io.wxflux.model.UserName;
import reactor.core.publisher.Mono;

/** PROTOCOL 11.1 and 11.2: the question before a large file, and one chunk of any file. One attempt each. */
public final class Upload {
    /** Larger files than this go up only with the signature of webwxcheckupload. */
    public static final long CHECKED_ABOVE = 25L * 1024 * 1024;

    private static final int PAYMENT_REQUIRED = 402;

    private Upload() {}

    /** Asks whether the service has the file already, and for leave to send it if not. */
    public static Mono<UploadBody> check(SignedIn signedIn, UserName to, UploadPlan.Facts file) {
        return Mono.defer(() -> signedIn.service()
                        .ask(signedIn.command(
                                signedIn.post(
                                        "webwxcheckupload",
                                        UploadBody.check(
                                                signedIn.baseRequest(),
                                                signedIn.self(),
                                                to,
                                                file.name(),
                                                file.size(),
                                                file.md5())),
                                Service.MIB)))
                .map(answer -> UploadBody.parse("webwxcheckupload", ReturnCodes.body("webwxcheckupload", answer)))
                .doOnNext(body -> ReturnCodes.requireAccepted("webwxcheckupload", body.ret()));
    }

    /** Sends a chunk. <b>Emits</b> the answer; a media id is in that to the last chunk only. */
    public static Mono<UploadBody> chunk(UploadPlan plan, UploadPlan.Body body) {
        return Mono.defer(() -> plan.signedIn().service().ask(plan.call(body)))
                .map(answer -> {
                    if (answer.status() == PAYMENT_REQUIRED) {
                        throw new RequestRefusedException(
                                "webwxuploadmedia was refused with HTTP status 402: the service takes no such chunk");
                    }
                    return UploadBody.parse("webwxuploadmedia", ReturnCodes.body("webwxuploadmedia", answer));
                })
                .doOnNext(answer -> ReturnCodes.requireAccepted("webwxuploadmedia", answer.ret()));
    }
}
