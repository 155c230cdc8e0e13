package io.wxflux.model;

import java.util.regex.Pattern;

/**
 * Our own name of an account: chosen in the configuration, stable for ever, used in file names and event sources. It is
 * not the {@link UserName}, which changes with every login.
 *
 * @param value 1 to 64 of {@code A-Z a-z 0-9 . _ -}, beginning with a letter or digit
 */
public record AccountId(String value) implements Comparable<AccountId> {
    private static final Pattern SHAPE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._-]{0,63}");

    public AccountId {
        if (!SHAPE.matcher(value).matches()) {
            throw new IllegalArgumentException("an account id is 1 to 64 of A-Z a-z 0-9 . _ - and begins with a"
                    + " letter or digit; this one has " + value.length() + " characters that do not all fit");
        }
    }

    public static AccountId of(String value) {
        return new AccountId(value);
    }

    @Override
    public int compareTo(AccountId other) {
        return value.compareTo(other.value);
    }

    @Override
    public String toString() {
        return value;
    }
}
