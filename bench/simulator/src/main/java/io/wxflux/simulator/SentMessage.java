package io.wxflux.simulator;

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
 */
public record SentMessage(
        String msgId, String clientMsgId, String call, int type, SimPeer to, String content, int attempts) {}
