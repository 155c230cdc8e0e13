package io.wxflux.model;

/**
 * The service's name of a person, room or official account. Valid for one login only: {@code @} + hex for people and
 * official accounts, {@code @@} + hex for rooms, bare words such as {@code filehelper} for built-in accounts.
 *
 * @param value as the server sent it; may be empty where the protocol leaves it out
 */
public record UserName(String value) {
    /** The name that stands for "nobody said". */
    public static final UserName NONE = new UserName("");

    public static UserName of(String value) {
        return value.isEmpty() ? NONE : new UserName(value);
    }

    public boolean isRoom() {
        return value.startsWith("@@") || value.endsWith("@chatroom");
    }

    public boolean isEmpty() {
        return value.isEmpty();
    }

    @Override
    public String toString() {
        return value;
    }
}
