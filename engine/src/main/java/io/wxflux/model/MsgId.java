package io.wxflux.model;

/**
 * The server's id of a message: a decimal string of up to 19 digits. Unique only together with the account and the
 * {@link Uin} it was signed in with.
 *
 * @param value as the server sent it
 */
public record MsgId(String value) {
    @Override
    public String toString() {
        return value;
    }
}
