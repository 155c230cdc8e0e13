package io.wxflux.simulator;

/**
 * How an account is set up. Every {@code with…} gives a changed copy.
 *
 * @param name the simulator's own name of the account, unique
 * @param uin the service's stable number of the account
 * @param nickName the account's nickname, in plain text
 * @param friends how many friends it has
 * @param officials how many official accounts it follows
 * @param rooms in how many rooms it is
 * @param membersPerRoom members of every room, the account itself included
 * @param home the api host of the family it is led to, such as {@code wx2.qq.com}
 */
public record SimAccountSpec(
        String name,
        long uin,
        String nickName,
        int friends,
        int officials,
        int rooms,
        int membersPerRoom,
        String home) {

    /** Checks the numbers. */
    public SimAccountSpec {
        if (name.isBlank() || uin <= 0 || friends < 1 || officials < 0 || rooms < 0 || membersPerRoom < 2) {
            throw new IllegalArgumentException("an account needs a name, a uin, a friend, and rooms of at least two");
        }
    }

    /**
     * {@return an account with 12 friends, 2 official accounts and 3 rooms of 6, at wx.qq.com}
     *
     * @param name the simulator's own name of the account
     * @param uin the service's number of the account
     */
    public static SimAccountSpec of(String name, long uin) {
        return new SimAccountSpec(name, uin, name, 12, 2, 3, 6, "wx.qq.com");
    }

    /**
     * {@return a copy with another nickname}
     *
     * @param text plain text
     */
    public SimAccountSpec withNickName(String text) {
        return new SimAccountSpec(name, uin, text, friends, officials, rooms, membersPerRoom, home);
    }

    /**
     * {@return a copy with other contacts}
     *
     * @param friendCount how many friends
     * @param roomCount how many rooms
     * @param members of every room
     */
    public SimAccountSpec withContacts(int friendCount, int roomCount, int members) {
        return new SimAccountSpec(name, uin, nickName, friendCount, officials, roomCount, members, home);
    }

    /**
     * {@return a copy that lives in another host family}
     *
     * @param apiHost such as {@code web2.wechat.com}
     */
    public SimAccountSpec withHome(String apiHost) {
        return new SimAccountSpec(name, uin, nickName, friends, officials, rooms, membersPerRoom, apiHost);
    }
}
