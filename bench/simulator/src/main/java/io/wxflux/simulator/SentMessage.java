package io.wxflux.simulator;

import org.jspecify.annotations.Nullable;

/**
 * A message a client sent through the service.
 *
 * @param msgId the id the service gave it
 * @param clientMsgId the client's key; the same key twice is the same message
 * @param call the endpoint, such as {@code webwxsendmsg}
 * @param type the message type
 * @param to the receiver
 * @param content the content as it came
 * @param attempts how often it was sent with this key
 * @param mentions MsgSource as it came, with the members to be notified
 * @param file what was uploaded for it, or null
 * @param time when it was sent, in seconds
 * @param recalled whether it was taken back
 */
public record SentMessage(
        String msgId,
        String clientMsgId,
        String call,
        int type,
        SimPeer to,
        String content,
        int attempts,
        String mentions,
        @Nullable File file,
        long time,
        boolean recalled) {

    /**
     * What was uploaded.
     *
     * @param name the file's name
     * @param mediaType {@code pic}, {@code video} or {@code doc}
     * @param size in bytes
     * @param md5 in hexadecimal
     */
    public record File(String name, String mediaType, long size, String md5) {}

    SentMessage again() {
        return new SentMessage(
                msgId, clientMsgId, call, type, to, content, attempts + 1, mentions, file, time, recalled);
    }

    SentMessage takenBack() {
        return new SentMessage(msgId, clientMsgId, call, type, to, content, attempts, mentions, file, time, true);
    }
}
