package io.wxflux.internal.session;

import io.wxflux.internal.protocol.UploadKind;
import io.wxflux.internal.protocol.UploadedMedia;
import io.wxflux.model.MediaSource;
import io.wxflux.model.UploadProgress;
import io.wxflux.model.UserName;
import java.util.function.Consumer;
import reactor.core.publisher.Mono;

/** What a session sends up. One file at a time; what is at the service already is not sent again for a while. */
public final class Transfers {
    Transfers() {}

    /**
     * Brings a file to the service, unless this session has brought the same there not long ago.
     *
     * @param to who will get it: part of the request, but what is uploaded can be sent to others, too
     * @param progress told after each chunk, on an engine thread; must not block
     */
    public Mono<UploadedMedia> upload(
            UserName to, MediaSource source, UploadKind kind, Consumer<? super UploadProgress> progress) {
        return Mono.error(new UnsupportedOperationException("to follow"));
    }

    /** For the sender, whose send was refused because of the media id: the next {@link #upload} of it uploads anew. */
    public void forget(UploadedMedia refused) {}
}
