package io.wxflux.internal.protocol;

import io.wxflux.internal.wire.MessageForm;
import io.wxflux.internal.wire.SendBodies;
import io.wxflux.model.Outgoing;

/**
 * A message as one of the calls takes it.
 *
 * @param mod of the query; empty to leave it out
 */
public record Draft(Call call, String mod, MessageForm form) {
    /** What stands below a file sent from here. */
    private static final String WEB_APP = "wxeb7ec651dd0aefa9";

    /** The calls (PROTOCOL 10.1). */
    public enum Call {
        MESSAGE("webwxsendmsg", "", false),
        PICTURE("webwxsendmsgimg", "async", true),
        VIDEO("webwxsendvideomsg", "async", true),
        EMOTICON("webwxsendemoticon", "sys", false),
        APP("webwxsendappmsg", "async", true);

        final String endpoint;
        final String fun;
        final boolean json;

        Call(String endpoint, String fun, boolean json) {
            this.endpoint = endpoint;
            this.fun = fun;
            this.json = json;
        }
    }

    /** @param msgSource empty unless somebody is mentioned */
    public static Draft text(String text, String msgSource) {
        return new Draft(Call.MESSAGE, "", MessageForm.of(1, text).withMsgSource(msgSource));
    }

    /** @param desktop whether the account signed in as the desktop client does */
    public static Draft uploaded(Outgoing.Kind kind, UploadedMedia media, boolean desktop) {
        return switch (kind) {
            case IMAGE -> new Draft(Call.PICTURE, "", MessageForm.uploaded(3, media.mediaId()));
            case VIDEO -> new Draft(Call.VIDEO, "", MessageForm.uploaded(43, media.mediaId()));
            case EMOTICON -> new Draft(Call.EMOTICON, "", MessageForm.gif(media.mediaId()));
            default ->
                app(
                        MessageForm.of(
                                        6,
                                        SendBodies.file(
                                                desktop ? "" : WEB_APP,
                                                media.fileName(),
                                                media.size(),
                                                media.mediaId()))
                                .withSignature(media.signature()),
                        desktop);
        };
    }

    /** @param desktop whether the account signed in as the desktop client does */
    public static Draft existing(Outgoing.Existing message, boolean desktop) {
        MessageForm form = MessageForm.of(message.type(), message.content());
        return switch (message.kind()) {
            case IMAGE -> new Draft(Call.PICTURE, "", form);
            case VIDEO -> new Draft(Call.VIDEO, "", form);
            case EMOTICON -> new Draft(Call.EMOTICON, "", MessageForm.sticker(message.content()));
            case LOCATION -> new Draft(Call.MESSAGE, "", form);
            default -> app(form, desktop);
        };
    }

    private static Draft app(MessageForm form, boolean desktop) {
        return new Draft(Call.APP, desktop ? "desktop" : "", form);
    }
}
