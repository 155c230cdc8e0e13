package io.wxflux.simulator;

import java.util.List;

/** The texts of the system (MsgType 10000) in the language of the login. Names are in plain text. */
public enum SystemTexts {
    /** Simplified Chinese, {@code mm_lang=zh_CN}. */
    ZH,
    /** English, {@code mm_lang=en_US}. */
    EN;

    /**
     * {@return somebody invited others to a room}
     *
     * @param inviter the name, or null for the account itself
     * @param names of the new members
     */
    public String invited(@org.jspecify.annotations.Nullable String inviter, List<String> names) {
        if (this == ZH) {
            return (inviter == null ? "你" : "\"" + inviter + "\"") + "邀请\"" + String.join("、", names) + "\"加入了群聊";
        }
        return (inviter == null ? "You" : "\"" + inviter + "\"") + " invited \"" + String.join(", ", names)
                + "\" to the group chat";
    }

    /**
     * {@return somebody joined a room by a QR code}
     *
     * @param name of the new member
     * @param owner whose code
     */
    public String joinedByCode(String name, String owner) {
        return this == ZH
                ? "\"" + name + "\"通过扫描\"" + owner + "\"分享的二维码加入群聊"
                : "\"" + name + "\" joined the group chat via the QR Code shared by \"" + owner + "\"";
    }

    /**
     * {@return the account removed somebody from a room}
     *
     * @param name of the member
     */
    public String youRemoved(String name) {
        return this == ZH ? "你将\"" + name + "\"移出了群聊" : "You removed \"" + name + "\" from the group chat";
    }

    /**
     * {@return the account was removed from a room}
     *
     * @param owner who removed it
     */
    public String removedYou(String owner) {
        return this == ZH ? "你被\"" + owner + "\"移出群聊" : "You were removed from the group chat by \"" + owner + "\"";
    }

    /**
     * {@return a room got another name}
     *
     * @param by the name, or null for the account itself
     * @param topic the new name of the room
     */
    public String renamed(@org.jspecify.annotations.Nullable String by, String topic) {
        if (this == ZH) {
            return (by == null ? "你" : "\"" + by + "\"") + "修改群名为“" + topic + "”";
        }
        return (by == null ? "You" : "\"" + by + "\"") + " changed the group name to “" + topic + "”";
    }

    /**
     * {@return somebody became a friend}
     *
     * @param name whose
     */
    public String friendConfirmed(String name) {
        return this == ZH
                ? "你已添加了" + name + "，现在可以开始聊天了。"
                : "You have added " + name + " as your WeChat contact. Start chatting!";
    }

    /**
     * {@return a friend is none any more, told after a send}
     *
     * @param name whose
     */
    public String notAFriend(String name) {
        return this == ZH
                ? name + "开启了朋友验证，你还不是他（她）朋友。请先发送朋友验证请求，对方验证通过后，才能聊天。"
                : name + " has enabled Friend Confirmation. Send a friend request first to chat.";
    }

    /** {@return a red packet came} */
    public String redPacket() {
        return this == ZH ? "收到红包，请在手机上查看" : "Red packet received. View on phone.";
    }

    /** {@return a shared live location ended} */
    public String liveLocationEnded() {
        return this == ZH ? "位置共享已经结束" : "Real-time location sharing ended";
    }
}
