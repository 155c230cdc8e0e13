package io.wxflux.simulator;

import java.util.HexFormat;

/**
 * The UserNames of one login. A name is the person's number, enciphered with the login's seed: no table is needed to find
 * the person again, and the next login gives everybody a new name.
 */
final class UserNames {

    private static final HexFormat HEX = HexFormat.of();
    private static final long STEP = 0x9e3779b97f4a7c15L;

    private final long seed;

    UserNames(long seed) {
        this.seed = seed;
    }

    String person(int id, boolean longForm) {
        return "@" + (longForm ? digits(id, 4) : digits(id, 2));
    }

    String room(int id) {
        return "@@" + digits(id, 4);
    }

    private String digits(int id, int words) {
        long head = Ids.mix(id ^ seed);
        StringBuilder text = new StringBuilder(words * 16);
        for (int i = 0; i < words; i++) {
            text.append(HEX.toHexDigits(i == 0 ? head : tail(head, i)));
        }
        return text.toString();
    }

    private long tail(long head, int word) {
        return Ids.mix(head + word * STEP + (seed >>> 7));
    }

    /** The person's number, or -1 when this login never gave that name to anybody. */
    int idOf(String userName) {
        int start = userName.startsWith("@@") ? 2 : userName.startsWith("@") ? 1 : 0;
        int length = userName.length() - start;
        if (start == 0 || (length != 32 && length != 64)) {
            return -1;
        }
        try {
            long head = HexFormat.fromHexDigitsToLong(userName, start, start + 16);
            for (int word = 1; word * 16 < length; word++) {
                int at = start + word * 16;
                if (HexFormat.fromHexDigitsToLong(userName, at, at + 16) != tail(head, word)) {
                    return -1;
                }
            }
            long id = Ids.unmix(head) ^ seed;
            return id >= 0 && id <= Integer.MAX_VALUE ? (int) id : -1;
        } catch (IllegalArgumentException notHex) {
            return -1;
        }
    }
}
