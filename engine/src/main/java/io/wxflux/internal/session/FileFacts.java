package io.wxflux.internal.session;

import io.wxflux.error.MediaRefusedException;
import io.wxflux.error.WxfluxException;
import io.wxflux.internal.protocol.MediaTypes;
import io.wxflux.internal.protocol.UploadKind;
import io.wxflux.internal.protocol.UploadPlan;
import io.wxflux.model.MediaSource;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** The first reading of a file: whether it may be sent at all, its size and its MD5. */
final class FileFacts {
    private static final long MIB = 1024 * 1024;
    private static final long LARGEST_PICTURE = 20 * MIB;
    private static final long LARGEST_FILE = 100 * MIB;

    private final long most;
    private final String what;
    private final MessageDigest digest = md5();
    private long size;

    private FileFacts(UploadKind kind) {
        what = words(kind);
        most = kind == UploadKind.FILE ? LARGEST_FILE : LARGEST_PICTURE;
    }

    static MessageDigest md5() {
        try {
            return MessageDigest.getInstance("MD5");
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static String words(UploadKind kind) {
        return switch (kind) {
            case PICTURE -> "a picture";
            case VIDEO -> "a video";
            case EMOTICON -> "a sticker";
            case FILE -> "a file";
        };
    }

    /** @param files where reading may block */
    static Mono<UploadPlan.Facts> of(MediaSource source, UploadKind kind, Scheduler files) {
        return Mono.defer(() -> {
            requireKind(source.name(), kind);
            FileFacts facts = new FileFacts(kind);
            source.size().ifPresent(facts::requireSize);
            return source.bytes()
                    .subscribeOn(files)
                    .onErrorMap(FileFacts::unreadable)
                    .doOnNext(facts::add)
                    .then(Mono.fromSupplier(() -> facts.done(source)));
        });
    }

    private static void requireKind(String name, UploadKind kind) {
        String type = MediaTypes.uploadType(name);
        switch (kind) {
            case PICTURE -> {
                if (!type.equals("pic")) {
                    throw new MediaRefusedException("a picture is sent as .jpg, .jpeg, .png or .bmp, by its name;"
                            + " send an animation as a sticker, and anything else as a file");
                }
            }
            case VIDEO -> {
                if (!type.equals("video")) {
                    throw new MediaRefusedException("a video is sent as .mp4, by its name; send others as a file");
                }
            }
            case EMOTICON -> {
                if (!MediaTypes.extension(name).equals("gif")) {
                    throw new MediaRefusedException("a sticker is sent as .gif, by its name");
                }
            }
            case FILE -> {}
        }
    }

    private void requireSize(long bytes) {
        if (bytes == 0) {
            throw new MediaRefusedException(what + " without a single byte cannot be sent");
        }
        if (bytes > most) {
            throw new MediaRefusedException(what + " of more than " + most / MIB + " MB cannot be sent"
                    + (most < LARGEST_FILE ? "; as a file it may have " + LARGEST_FILE / MIB + " MB" : ""));
        }
    }

    private void add(ByteBuffer piece) {
        size += piece.remaining();
        if (size > most) {
            requireSize(size);
        }
        digest.update(piece.duplicate());
    }

    private UploadPlan.Facts done(MediaSource source) {
        requireSize(size);
        if (source.size().isPresent() && source.size().getAsLong() != size) {
            throw new MediaRefusedException("the content was said to have "
                    + source.size().getAsLong() + " bytes and has " + size + "; nothing was sent");
        }
        return new UploadPlan.Facts(source.name(), size, HexFormat.of().formatHex(digest.digest()));
    }

    /** Of whatever an application's own content fails with. */
    static Throwable unreadable(Throwable error) {
        return error instanceof WxfluxException
                ? error
                : new MediaRefusedException(
                        "what is to be sent cannot be read (" + error.getClass().getSimpleName()
                                + "); see that it exists and may be read, and send it again",
                        error);
    }
}
