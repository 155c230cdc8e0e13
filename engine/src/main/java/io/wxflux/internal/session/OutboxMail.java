package io.wxflux.internal.session;

import io.wxflux.model.OutboxEntry;
import io.wxflux.model.Outgoing;
import io.wxflux.model.Party;
import io.wxflux.model.UserName;
import org.jspecify.annotations.Nullable;

/**
 * A message of the outbox as it is kept.
 *
 * @param self the account's name in the login that the names in it are of; NONE when they hold for every login
 * @param person the recipient's lasting id, by which another login finds them; empty when there was none
 * @param recipient as known when the message was put in
 * @param message text, upload of a file, or existing; forwards are resolved before
 * @param file what the file to be uploaded was when the message was put in; null when there is none
 */
record OutboxMail(
        OutboxEntry entry,
        UserName self,
        String person,
        Party recipient,
        Outgoing message,
        @Nullable FileMark file) {
    static final String PREFIX = "outbox/";

    /** @param md5 in small hexadecimal letters */
    record FileMark(long size, String md5) {}

    static String key(String id) {
        return PREFIX + id;
    }

    String key() {
        return key(entry.id());
    }

    OutboxMail with(OutboxEntry next) {
        return new OutboxMail(next, self, person, recipient, message, file);
    }
}
